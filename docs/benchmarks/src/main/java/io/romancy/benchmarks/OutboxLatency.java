package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import java.util.List;
import org.HdrHistogram.Histogram;

/** From the return of the commit that added an event until the publisher is called, one at a time. */
final class OutboxLatency implements Benchmark {
    @Override
    public String name() {
        return "outbox-latency";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        var events = new ArrivingEvents();
        try (var romancy = lab.engine().publisher(events).open()) {
            return LatencyDuel.fight(
                    lab,
                    "commit of an outbox event to its publisher called",
                    (times, pause, into) -> measure(romancy, events, times, pause, into),
                    Compilers::ownBusyFor,
                    null,
                    null);
        }
    }

    private static void measure(Romancy romancy, ArrivingEvents events, int times, Runnable pause, Histogram into)
            throws Exception {
        for (int i = 0; i < times; i++) {
            pause.run();
            events.add(romancy);
            long committed = System.nanoTime();
            // the relayer may be called before the writer is back from its commit
            into.recordValue(Math.max(0, events.awaitNanoTime() - committed));
        }
    }
}
