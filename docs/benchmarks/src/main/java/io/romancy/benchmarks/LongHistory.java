package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.observe.EngineEvent;
import java.util.ArrayList;
import java.util.List;

/** How long a workflow with many recorded steps takes to go on, from the message until its code has passed them all again. */
final class LongHistory implements Benchmark {
    private static final WorkflowType<Integer, Integer> TYPE =
            WorkflowType.of("long_history", Integer.class, Integer.class);
    private static final Mailbox<Integer> MORE = Mailbox.of("more", Integer.class);
    private static final List<Integer> STEPS = List.of(1_000, 5_000, 10_000);
    private static final int REPEATS = 10;

    /** Ten times the steps in ten times the time, and a fifth more for chance. */
    private static final Goal LINEAR = Goal.atMost(12, 10, "x");

    private final Arrivals suspended = new Arrivals();
    private final Arrivals resumed = new Arrivals();

    @Override
    public String name() {
        return "long-history";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        try (var reads = new RawReads(lab.database());
                var romancy = open(lab.engine())) {
            measure(romancy, reads, lab.scale().count(500, 5), new Series(), new Series());
            for (int full : STEPS) {
                int steps = lab.scale().count(full, full / 100);
                var ours = new Series();
                var bare = new Series();
                measure(romancy, reads, steps, ours, bare);
                medians.add(ours.median());
                figures.add(figure(steps, ours, bare));
            }
        }
        double growth = medians.getLast() / medians.getFirst();
        figures.add(Figure.absolute(
                "time to resume ten times the steps", Numbers.of(growth) + " x", "10 x is linear", growth, LINEAR));
        return figures;
    }

    private Romancy open(RomancyBuilder engine) {
        return engine.maxParkedWorkflows(0)
                .workflow(TYPE, this::manySteps)
                .listener(event -> {
                    if (event instanceof EngineEvent.WorkflowSuspended waits) {
                        suspended.arrived(waits.id());
                    }
                })
                .open();
    }

    private Integer manySteps(WorkflowContext ctx, Integer steps) {
        for (int i = 0; i < steps; i++) {
            int n = i;
            ctx.step("add", Integer.class, () -> n);
        }
        for (int turn = ctx.receive(MORE); turn >= 0; turn = ctx.receive(MORE)) {
            // each replay passes the earlier turns too
            resumed.arrived(ctx.info().id() + turn);
        }
        return steps;
    }

    /** The first resume warms up. No thread is kept, so each one replays all. */
    private void measure(Romancy romancy, RawReads reads, int steps, Series ours, Series bare) throws Exception {
        reads.prepare(steps);
        String id = romancy.start(TYPE, steps).id();
        suspended.await(id);
        for (int i = 0; i <= REPEATS; i++) {
            double raw = reads.read(steps);
            long begin = System.nanoTime();
            romancy.send(id, MORE, i);
            double replay = resumed.awaitAmongOthers(id + i).nanoTime() - begin;
            suspended.await(id);
            if (i > 0) {
                bare.add(raw);
                ours.add(replay);
            }
        }
        romancy.send(id, MORE, -1);
        romancy.handle(id, TYPE).result(Lab.DEADLINE);
    }

    private static Figure figure(int steps, Series ours, Series bare) {
        return Figure.compared(
                "resume of " + Numbers.of(steps) + " recorded steps",
                ours.text(Numbers::millis),
                bare.text(Numbers::millis) + " to read such rows",
                ours.median() / bare.median(),
                null);
    }
}
