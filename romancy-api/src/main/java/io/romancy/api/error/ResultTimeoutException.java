package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;

/** The instance had not ended when the wait for its result did, because its time was over or it was interrupted. It goes on. */
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

    public ResultTimeoutException(String id, InterruptedException cause) {
        super(
                ErrorCode.RESULT_TIMEOUT,
                "Waiting for the result of '" + id + "' was interrupted. It goes on: ask again.",
                cause);
        this.id = id;
    }

    public String id() {
        return id;
    }
}
