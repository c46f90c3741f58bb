package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/**
 * The code took another path than its history. The instance is parked; nothing was written. Its message is the diagnosis: which operation
 * the history has, and which one the code asked for.
 */
public final class NonDeterminismException extends RomancyException {
    private static final long serialVersionUID = 1L;

    public NonDeterminismException(String message) {
        super(ErrorCode.NON_DETERMINISM, message);
    }
}
