package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/**
 * A step failed for good with something that cannot be thrown as it was: its type has no constructor that a record could be rebuilt with, or
 * the attempt was given up. Its stack trace is the one of the failure.
 */
public final class ActivityFailedException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    /** With the code {@code ACTIVITY_FAILED}, and the failure itself as message. */
    public ActivityFailedException(Failure failure, @Nullable Throwable cause) {
        this(ErrorCode.ACTIVITY_FAILED, failure.toString(), failure, cause);
    }

    public ActivityFailedException(ErrorCode code, String message, Failure failure, @Nullable Throwable cause) {
        super(code, message, cause);
        this.failure = failure;
        setStackTrace(failure.stackTrace().toArray(StackTraceElement[]::new));
    }

    /** What was recorded. */
    public Failure failure() {
        return failure;
    }

    /** Whether what failed was of this type. */
    public boolean is(Class<? extends Throwable> type) {
        return failure.is(type);
    }
}
