package io.romancy.testkit.memory;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One storage's way into its database: open until the storage is closed. */
final class Session {
    private final MemoryDatabase database;
    private final AtomicBoolean closed = new AtomicBoolean();

    Session(MemoryDatabase database) {
        this.database = database;
    }

    <T extends @Nullable Object> T alone(Function<Tables, T> work) {
        if (closed.get()) {
            throw new StorageException(
                    ErrorCode.STORAGE_CLOSED,
                    "Memory database '" + database.name()
                            + "' cannot be reached: this storage was closed. Open another.",
                    null,
                    false);
        }
        return database.alone(work);
    }

    MemoryDatabase database() {
        return database;
    }

    /** Whether this call was the one that closed it. */
    boolean close() {
        return closed.compareAndSet(false, true);
    }
}
