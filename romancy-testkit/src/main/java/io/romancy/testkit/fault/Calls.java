package io.romancy.testkit.fault;

import java.util.function.Supplier;

/** The way of every call from an engine to its storage, on which it can be kept back, changed or lost. */
@FunctionalInterface
public interface Calls {
    /** Lets the call through, or fails as a storage fails. */
    <T> T ask(StorageCall call, Supplier<T> inner);

    /** The same for a call without an answer. */
    default void tell(StorageCall call, Runnable inner) {
        ask(call, () -> {
            inner.run();
            return call;
        });
    }
}
