package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;

/** The instance had not ended when the wait for its result did. It goes on. */
public final class ResultTimeoutException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final String id;

    public ResultTimeoutException(String id, Duration waited) {
        super(
                ErrorCode.RESULT_TIMEOUT,
                "Workflow '" + id + "' had no result within " + waited
                        + ". It goes on: ask again, or look at handle(id).info().");
        this.id = id;
    }

    public String id() {
        return id;
    }
}
