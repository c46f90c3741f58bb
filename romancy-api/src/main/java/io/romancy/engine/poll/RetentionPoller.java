package io.romancy.engine.poll;

import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Set;

/** Deletes what ended long ago, a bounded number of rows at a time. */
public record RetentionPoller(String name, Duration retention, int rows, Purge purge) implements Poller {
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    /** Deletes up to this many rows that ended longer ago than this, and says how many. */
    @FunctionalInterface
    public interface Purge {
        int purge(Duration age, int limit);
    }

    @Override
    public Duration interval() {
        Duration tenth = retention.dividedBy(10);
        return tenth.compareTo(LONGEST_INTERVAL) < 0 ? tenth : LONGEST_INTERVAL;
    }

    @Override
    public PollResult poll(PollContext context) {
        int found = purge.purge(retention, rows);
        return new PollResult(found, found >= rows, null, Set.of());
    }
}
