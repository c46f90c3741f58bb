package io.romancy.spi.outbox;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/** Thrown by a publisher for an event that will never be taken, however often it is sent. It is set aside, and its key goes on. */
public final class EventRejectedException extends RomancyException {
    private static final long serialVersionUID = 1L;

    public EventRejectedException(String reason) {
        this(reason, null);
    }

    public EventRejectedException(String reason, @Nullable Throwable cause) {
        super(ErrorCode.EVENT_REJECTED, reason, cause);
    }
}
