package io.romancy.engine.outbox;

import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Set;

/** Deletes events that were published or set aside long ago, a bounded number at a time. */
public record OutboxRetentionPoller(OutboxStore store, Duration retention) implements Poller {
    private static final int ROWS = 1_000;
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "outbox-retention";
    }

    @Override
    public Duration interval() {
        Duration tenth = retention.dividedBy(10);
        return tenth.compareTo(LONGEST_INTERVAL) < 0 ? tenth : LONGEST_INTERVAL;
    }

    @Override
    public PollResult poll(PollContext context) {
        int rows = store.purge(retention, ROWS);
        return new PollResult(rows, rows >= ROWS, null, Set.of());
    }
}
