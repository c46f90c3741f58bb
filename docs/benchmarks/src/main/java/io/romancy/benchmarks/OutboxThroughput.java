package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events per second, from the first one added by one of many writers until the last one is published. */
final class OutboxThroughput implements Benchmark {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int[] WRITERS = {1, 8, 64};

    @Override
    public String name() {
        return "outbox-throughput";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        Duration time = lab.scale().time(TIME);
        List<Figure> figures = new ArrayList<>();
        var events = ArrivingEvents.counted();
        try (var inserts = new RawInserts(lab.database());
                var romancy = lab.engine().publisher(events).open()) {
            for (int writers : WRITERS) {
                var duel = Duel.fight(
                        lab.scale(), () -> perSecond(romancy, events, writers, time), () -> inserts.perSecond(time));
                figures.add(duel.figure(
                        "outbox events published, " + writers + (writers == 1 ? " writer" : " writers"),
                        "events/s",
                        null));
            }
        }
        return figures;
    }

    private static double perSecond(Romancy romancy, ArrivingEvents events, int writers, Duration time)
            throws Exception {
        long before = events.count();
        long begin = System.nanoTime();
        long added = Load.during(time, writers, n -> events.add(romancy)).calls();
        while (events.count() - before < added) {
            if (System.nanoTime() - begin > Lab.DEADLINE.toNanos()) {
                throw new IllegalStateException(
                        (events.count() - before) + " of " + added + " events arrived within " + Lab.DEADLINE);
            }
            Pause.aMoment();
        }
        return added / ((System.nanoTime() - begin) / 1e9);
    }
}
