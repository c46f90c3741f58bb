package io.romancy.postgres;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;

/** Refusals for what is asked of an instance that is not there, or no longer. */
final class Absent {
    private Absent() {}

    static CommitResult.Refused notFound(String id) {
        return new CommitResult.Refused(new RomancyException(
                ErrorCode.INSTANCE_NOT_FOUND,
                "There is no instance '" + id + "'. It was never started, or ended so long ago that it was deleted;"
                        + " check the id, and the retention."));
    }

    static CommitResult.Refused ended(String id, InstanceStatus status) {
        return new CommitResult.Refused(new RomancyException(
                ErrorCode.INSTANCE_ENDED,
                "Instance '" + id + "' has ended (" + status
                        + "), so nothing reaches it any more. Start a new one if the work must be done again."));
    }
}
