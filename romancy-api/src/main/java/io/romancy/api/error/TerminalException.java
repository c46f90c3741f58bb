package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/** Thrown by an application for a failure that no other attempt can mend: it is never retried, also as the cause of another. */
public class TerminalException extends RomancyException {
    private static final long serialVersionUID = 1L;

    public TerminalException(String message) {
        this(message, null);
    }

    public TerminalException(String message, @Nullable Throwable cause) {
        super(ErrorCode.TERMINAL, message, cause);
    }
}
