package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/** The instance whose result was asked for has failed. The cause is its failure, if its classes are here; the record always is. */
public final class WorkflowFailedException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final Failure failure;

    public WorkflowFailedException(String id, Failure failure, @Nullable Throwable cause) {
        super(
                ErrorCode.WORKFLOW_FAILED,
                "Workflow '" + id + "' failed: " + failure
                        + ". After its cause is removed, handle(id).retry() lets it go on, unless it undid what it did.",
                cause);
        this.id = id;
        this.failure = failure;
    }

    public String id() {
        return id;
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
