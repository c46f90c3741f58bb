package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import java.time.Duration;
import java.util.List;

/** Steps per second when 500 workflows of 20 steps each run at once. */
final class StepThroughput implements Benchmark {
    private static final WorkflowType<Integer, Integer> TYPE =
            WorkflowType.of("twenty_steps", Integer.class, Integer.class);
    private static final int WORKFLOWS = 500;
    private static final int STEPS = 20;
    private static final Duration BASELINE = Duration.ofSeconds(3);
    private static final Goal GOAL = Goal.atLeast(1.0, 3);

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        int workflows = lab.scale().count(WORKFLOWS, 5);
        Duration baseline = lab.scale().time(BASELINE);
        try (var inserts = new RawInserts(lab.database());
                var romancy =
                        lab.engine().workflow(TYPE, StepThroughput::twentySteps).open()) {
            var duel = Duel.fight(
                    lab.scale(), () -> stepsPerSecond(romancy, workflows), () -> inserts.perSecond(baseline));
            return List.of(duel.figure("steps, " + workflows + " workflows of " + STEPS + " at once", "steps/s", GOAL));
        }
    }

    private static Integer twentySteps(WorkflowContext ctx, Integer n) {
        int sum = n;
        for (int i = 0; i < STEPS; i++) {
            int before = sum;
            sum = ctx.step("add", Integer.class, () -> before + 1);
        }
        return sum;
    }

    private static double stepsPerSecond(Romancy romancy, int workflows) throws Exception {
        double seconds =
                Load.times(workflows, workflows, n -> romancy.start(TYPE, n).result(Lab.DEADLINE));
        return workflows * STEPS / seconds;
    }
}
