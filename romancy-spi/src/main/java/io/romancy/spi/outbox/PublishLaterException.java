package io.romancy.spi.outbox;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a publisher that knows when to try an event again, such as after a {@code Retry-After}. */
public final class PublishLaterException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /**
     * An event that is not taken now.
     *
     * @param pause what has to pass before the next attempt; a negative one counts as none
     */
    public PublishLaterException(Duration pause, String reason, @Nullable Throwable cause) {
        super(ErrorCode.RETRY_LATER, reason, cause);
        this.pause = pause.isNegative() ? Duration.ZERO : pause;
    }

    /** What has to pass before the next attempt. */
    public Duration pause() {
        return pause;
    }
}
