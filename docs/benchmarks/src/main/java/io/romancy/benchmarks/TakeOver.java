package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import java.time.Duration;
import java.util.List;

/** From the kill of a process with runs until the last of them was taken over and repeats its step elsewhere. */
final class TakeOver implements Benchmark {
    private static final int RUNS = 20;
    private static final Duration PHASES = Duration.ofSeconds(5);
    private static final Goal GOAL = Goal.atMost(20, 17, "s");

    @Override
    public String name() {
        return "take-over";
    }

    @Override
    public Needs needs() {
        return Needs.POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        var seconds = new Series();
        for (int i = 0; i < lab.scale().repeats(); i++) {
            // killed at different distances from its last renewal
            Duration phase = lab.scale()
                    .time(PHASES)
                    .multipliedBy(i)
                    .dividedBy(lab.scale().repeats());
            seconds.add(once(lab, phase));
        }
        return List.of(Figure.absolute(
                "runs of a killed worker taken over, last of " + RUNS,
                seconds.text(Numbers::of) + " s",
                "lease " + lab.scale().lease().toMillis() / 1000.0 + " s",
                seconds.median(),
                GOAL));
    }

    private static double once(Lab lab, Duration phase) throws Exception {
        var taken = new Arrivals();
        String lease = lab.scale().lease().toString();
        try (var child = ChildProcess.start(DoomedWorker.class, lab.url(), lease)) {
            child.await("ready");
            giveRuns(lab, child);
            try (Romancy heir = HeldWorkflow.open(lab.engine(), taken::arrived, () -> true)) {
                Pause.of(phase);
                child.kill();
                long begin = System.nanoTime();
                long end = begin;
                for (int i = 0; i < RUNS; i++) {
                    end = Math.max(end, taken.next().nanoTime());
                }
                return (end - begin) / 1e9;
            }
        }
    }

    private static void giveRuns(Lab lab, ChildProcess child) throws Exception {
        try (Romancy client = lab.engine().worker(false).open()) {
            for (int i = 0; i < RUNS; i++) {
                HeldWorkflow.start(client, i);
            }
            for (int i = 0; i < RUNS; i++) {
                child.await("holds");
            }
        }
    }
}
