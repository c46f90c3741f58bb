package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the body of a step that knows when it makes sense to try again, such as after a {@code Retry-After}. The pause replaces the one
 * of the policy; the attempt counts. When it was the last one, the step fails with the cause.
 */
public final class RetryLaterException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    public RetryLaterException(Duration pause, @Nullable Throwable cause) {
        super(ErrorCode.RETRY_LATER, "To be tried again in " + pause, cause);
        if (pause.isNegative()) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A pause of " + pause + " is refused: it is negative. Take zero or more.");
        }
        this.pause = pause;
    }

    /** How long to wait before the next attempt. */
    public Duration pause() {
        return pause;
    }
}
