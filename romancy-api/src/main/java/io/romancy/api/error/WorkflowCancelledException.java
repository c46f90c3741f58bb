package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/** The instance was cancelled: thrown to who asks for its result. */
public final class WorkflowCancelledException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String reason;

    public WorkflowCancelledException(String id, String reason) {
        super(ErrorCode.WORKFLOW_CANCELLED, "Workflow '" + id + "' was cancelled: " + reason);
        this.id = id;
        this.reason = reason;
    }

    public String id() {
        return id;
    }

    /** What was given as the reason. */
    public String reason() {
        return reason;
    }
}
