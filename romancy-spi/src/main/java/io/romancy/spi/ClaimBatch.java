package io.romancy.spi;

import io.romancy.spi.model.ClaimedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was claimed.
 *
 * @param nextDueIn how long until the next row of these routes is due by itself; zero if some are due already, null if there is none
 * @param now the database's time of the claim
 */
public record ClaimBatch(List<ClaimedRun> runs, @Nullable Duration nextDueIn, Instant now) {
    public ClaimBatch {
        runs = List.copyOf(runs);
    }
}
