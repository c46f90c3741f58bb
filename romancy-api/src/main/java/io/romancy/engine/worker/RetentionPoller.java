package io.romancy.engine.worker;

import io.romancy.spi.Upkeep;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Set;

/** Deletes what ended long ago, a bounded number of rows at a time. */
public record RetentionPoller(Upkeep upkeep, Duration retention) implements Poller {
    private static final int ROWS = 500;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration interval() {
        Duration tenth = retention.dividedBy(10);
        return tenth.compareTo(LONGEST_INTERVAL) < 0 ? tenth : LONGEST_INTERVAL;
    }

    @Override
    public PollResult poll(PollContext context) {
        int rows = upkeep.purge(retention, ROWS);
        return new PollResult(rows, rows >= ROWS, null, Set.of());
    }
}
