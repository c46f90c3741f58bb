package io.romancy.engine.poll;

import io.romancy.api.observe.EngineMetrics;
import io.romancy.spi.poll.PollReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the polls of one poller by their reason. Thread-safe. */
final class PollCounts {
    private final Map<PollReason, Count> counts = new EnumMap<>(PollReason.class);

    PollCounts() {
        for (PollReason reason : PollReason.values()) {
            counts.put(reason, new Count());
        }
    }

    void ended(PollReason reason, int found) {
        Count count = counts.get(reason);
        if (count != null) {
            count.polls.increment();
            count.found.add(found);
            if (found == 0) {
                count.fruitless.increment();
            }
        }
    }

    Map<PollReason, EngineMetrics.Polls> byReason() {
        Map<PollReason, EngineMetrics.Polls> read = new EnumMap<>(PollReason.class);
        counts.forEach((reason, count) ->
                read.put(reason, new EngineMetrics.Polls(count.polls.sum(), count.fruitless.sum(), count.found.sum())));
        return read;
    }

    private static final class Count {
        final LongAdder polls = new LongAdder();
        final LongAdder fruitless = new LongAdder();
        final LongAdder found = new LongAdder();
    }
}
