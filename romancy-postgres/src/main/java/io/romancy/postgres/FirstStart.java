package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.NewInstance;

/** What an id was first started as, which it stays: every later start is the same or is refused. */
record FirstStart(String workflow, String hash) {
    static FirstStart of(NewInstance first) {
        return new FirstStart(first.route().workflow(), first.startHash());
    }

    boolean isSameAs(NewInstance second) {
        return workflow.equals(second.route().workflow()) && hash.equals(second.startHash());
    }

    /** Why that start, which is another one, cannot be. */
    RomancyException refusal(NewInstance second) {
        String difference = workflow.equals(second.route().workflow())
                ? "of workflow '" + workflow + "' with another input"
                : "of workflow '" + workflow + "', and the start asks for '"
                        + second.route().workflow() + "'";
        return new RomancyException(
                ErrorCode.START_CONFLICT,
                "Instance '" + second.id() + "' exists already, " + difference
                        + ". Take another id, or start it with the same workflow and input.");
    }
}
