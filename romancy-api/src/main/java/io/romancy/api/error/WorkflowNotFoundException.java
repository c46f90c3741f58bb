package io.romancy.api.error;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/** The database has no instance of this id: it was never started, its start is not committed yet, or retention has deleted it. */
public final class WorkflowNotFoundException extends RomancyException {
    private static final long serialVersionUID = 1L;

    private final String id;

    public WorkflowNotFoundException(String id) {
        super(
                ErrorCode.INSTANCE_NOT_FOUND,
                "There is no workflow '" + id
                        + "': it was never started, its start is not committed yet, or it ended longer ago than "
                        + "the retention. Look at the id and at the option retention.");
        this.id = id;
    }

    public String id() {
        return id;
    }
}
