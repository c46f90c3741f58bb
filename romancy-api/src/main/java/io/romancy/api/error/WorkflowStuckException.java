package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/** The instance needs a person: its code and its history do not fit, or its data cannot be read. */
public final class WorkflowStuckException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String diagnosis;

    public WorkflowStuckException(String id, String diagnosis) {
        super(
                ErrorCode.WORKFLOW_STUCK,
                "Workflow '" + id + "' is stuck: " + diagnosis
                        + " After that is repaired, handle(id).retry() lets it go on.");
        this.id = id;
        this.diagnosis = diagnosis;
    }

    public String id() {
        return id;
    }

    /** What was found. */
    public String diagnosis() {
        return diagnosis;
    }
}
