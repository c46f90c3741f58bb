package io.romancy.spi.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list, newest start first.
 *
 * @param workflow only this workflow, in any version; null for all
 * @param statuses only these; empty for all
 * @param endedAfter only those that ended at this time or later; null for all
 * @param beforeRun only runs with a smaller number: the cursor of the next page; {@link Long#MAX_VALUE} for the first
 * @param limit rows of one page, 1 to 1,000
 */
public record InstanceQuery(
        @Nullable String workflow,
        Set<InstanceStatus> statuses,
        @Nullable Instant endedAfter,
        long beforeRun,
        int limit) {
    public InstanceQuery {
        statuses = Set.copyOf(statuses);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 rows, not " + limit);
        }
    }
}
