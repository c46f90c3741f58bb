package io.romancy.spi.model;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;

/** What an id was first started as, which it stays: every later start is the same or is refused. For storages. */
public record FirstStart(String workflow, String hash) {
    /** What this start makes of its id, if it is the first. */
    public static FirstStart of(NewInstance first) {
        return new FirstStart(first.route().workflow(), first.startHash());
    }

    /** Whether whoever starts the id as this finds that it is started, rather than a conflict: of one workflow, with one input. */
    public boolean isSameAs(NewInstance later) {
        return workflow.equals(later.route().workflow()) && hash.equals(later.startHash());
    }

    /** The {@code START_CONFLICT} of a start that is another one. */
    public RomancyException refusal(NewInstance later) {
        String difference = workflow.equals(later.route().workflow())
                ? "of workflow '" + workflow + "' with another input"
                : "of workflow '" + workflow + "', and the start asks for '"
                        + later.route().workflow() + "'";
        return new RomancyException(
                ErrorCode.START_CONFLICT,
                "Instance '" + later.id() + "' exists already, " + difference
                        + ". Take another id, or start it with the same workflow and input.");
    }
}
