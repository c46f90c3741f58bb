package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowType;
import io.romancy.spi.ListenNotify;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What it costs 32 clients that write when others are told of each write, and what it would cost to tell them in the transaction. */
final class WritersWithHints implements Benchmark {
    private static final WorkflowType<Integer, Integer> NEVER_RUN =
            WorkflowType.of("never_run", Integer.class, Integer.class);
    /** Short turns, and many for each of others: what is looked for is less than what a machine changes within a minute. */
    private static final Duration TIME = Duration.ofSeconds(1);

    private static final int TURNS_FOR_ONE = 8;
    private static final Goal GOAL = Goal.atLeast(0.9, 0.98);

    @Override
    public String name() {
        return "writers";
    }

    @Override
    public Needs needs() {
        return Needs.POSTGRES;
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        Duration time = lab.scale().time(TIME);
        try (var inserts = new RawInserts(lab.database());
                var telling = Hints.open(lab);
                var quiet = lab.engine()
                        .worker(false)
                        .listenNotify(ListenNotify.FALSE)
                        .open()) {
            return List.of(
                    figure(
                            lab,
                            "inserts by 32 clients, each followed by a hint",
                            "inserts/s",
                            () -> inserts.during(time, caller -> Hints.give(telling))
                                    .perSecond(),
                            () -> inserts.perSecond(time),
                            GOAL),
                    figure(
                            lab,
                            "the same with `pg_notify` in each transaction",
                            "inserts/s",
                            () -> inserts.notifyingPerSecond(time),
                            () -> inserts.perSecond(time),
                            null),
                    figure(
                            lab,
                            "starts by 32 clients, with notifications",
                            "starts/s",
                            () -> startsPerSecond(telling, time),
                            () -> startsPerSecond(quiet, time),
                            GOAL));
        }
    }

    private static Figure figure(
            Lab lab, String what, String unit, Callable<Double> with, Callable<Double> without, @Nullable Goal goal)
            throws Exception {
        var duel = Duel.fight(TURNS_FOR_ONE * lab.scale().repeats(), with, without);
        return Figure.compared(
                what,
                duel.romancy().text(Numbers::of) + " " + unit,
                duel.raw().text(Numbers::of) + " " + unit + " without",
                duel.romancy().median() / duel.raw().median(),
                goal);
    }

    /** Nobody runs them: it is the writing that is measured. */
    private static double startsPerSecond(Romancy client, Duration time) throws Exception {
        return Load.during(time, RawInserts.CONNECTIONS, n -> client.start(NEVER_RUN, n))
                .perSecond();
    }
}
