package io.romancy.engine;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Transaction;
import org.jspecify.annotations.Nullable;

/** Whoever opens transactions on the engine's database that the engine joins. Thread-safe. */
public interface Surroundings {
    /** The transaction that the calling thread is in; null if it is in none. Asked at each call that writes. */
    @Nullable
    Transaction transaction();

    /** Looks at the storage before anything runs on it; what is thrown refuses the start. */
    default void check(Storage storage) {}
}
