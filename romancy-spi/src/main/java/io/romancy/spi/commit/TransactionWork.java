package io.romancy.spi.commit;

import org.jspecify.annotations.Nullable;

/** What is to be done inside a transaction. Throwing rolls it back. */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object> {
    T run(Transaction transaction) throws Exception;
}
