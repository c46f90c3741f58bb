package io.romancy.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A handle that also knows the type of the result. */
public interface WorkflowHandle<O extends @Nullable Object> extends InstanceHandle {
    /**
     * Waits for the end and returns the result, which may be null. An instance that ends in this process is noticed at once, one that ends
     * in another by polling: after 50 ms at first, growing to 1 s. Interruptible: the interrupt is kept and the wait ends.
     *
     * <p>Throws {@code WorkflowFailedException} if the instance failed, {@code WorkflowCancelledException} if it was cancelled,
     * {@code WorkflowStuckException} if it needs a person, {@code ResultTimeoutException} if it goes on after this time. Refused with
     * {@code WRONG_PLACE} inside any transaction: one that has started it would wait for itself.
     */
    O result(Duration atMost);

    /**
     * The same without blocking; waits as long as the engine is open and completes exceptionally with {@code CLOSED} when it closes.
     * What is chained to it must return quickly: it may run on a thread of the engine.
     */
    CompletableFuture<O> resultAsync();
}
