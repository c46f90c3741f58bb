package io.romancy.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Romancy throws. Its message starts with the code and says, in this order, what was found, why that
 * does not work, and what to do about it.
 */
public class RomancyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public RomancyException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RomancyException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code.id() + ": " + message, cause);
        this.code = code;
    }

    /** The stable code of this error; {@link ErrorCode#id()} is what the guide lists. */
    public final ErrorCode code() {
        return code;
    }
}
