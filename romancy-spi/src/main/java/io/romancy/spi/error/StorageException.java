package io.romancy.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * A storage could not do what it was asked. {@link #isTransient()} tells the engine whether the same call may succeed later (the
 * connection broke, the database is starting, a lock was not free) or will fail again with the same data.
 */
public final class StorageException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final boolean transientFailure;

    public StorageException(ErrorCode code, String message, @Nullable Throwable cause, boolean transientFailure) {
        super(code, message, cause);
        this.transientFailure = transientFailure;
    }

    /** Whether trying the same call again, later, can succeed. */
    public boolean isTransient() {
        return transientFailure;
    }
}
