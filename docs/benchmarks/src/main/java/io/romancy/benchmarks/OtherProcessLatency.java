package io.romancy.benchmarks;

import io.romancy.benchmarks.Waiting.By;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** From the call that gives a message until the code that waits for it goes on, in another process, which hears of it by notification. */
record OtherProcessLatency(By by) implements Benchmark {
    private static final Goal MEDIAN = Goal.atMost(2, 1, "");
    private static final Goal TAIL = Goal.atMost(6, 4, "");

    @Override
    public String name() {
        return by.name().toLowerCase(Locale.ROOT) + "-other-process";
    }

    @Override
    public Needs needs() {
        return Needs.POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        String lease = lab.scale().lease().toString();
        try (var child = ChildProcess.start(WaitingWorker.class, lab.url(), lease)) {
            child.await("ready");
            try (var client = lab.engine().worker(false).open()) {
                return LatencyDuel.fight(
                        lab,
                        by.name().toLowerCase(Locale.ROOT) + " to resumed code, other process",
                        (times, pause, into) -> {
                            for (int i = 0; i < times; i++) {
                                String id = by.start(client);
                                child.await("suspended " + id);
                                pause.run();
                                long begin = Clocks.nanos(Instant.now());
                                by.give(client, id);
                                String[] resumed = child.await("resumed").split(" ", 2);
                                into.recordValue(Math.max(0, Long.parseLong(resumed[0]) - begin));
                            }
                        },
                        () -> Compilers.ownBusyFor().plus(child.compilersBusyFor()),
                        MEDIAN,
                        TAIL);
            }
        }
    }
}
