package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;

/** The shortest workflow that does something: one recorded step. */
final class OneStepWorkflow {
    private static final WorkflowType<Integer, Integer> TYPE =
            WorkflowType.of("one_step", Integer.class, Integer.class);

    private OneStepWorkflow() {}

    static Romancy open(RomancyBuilder engine) {
        return engine.workflow(TYPE, (ctx, n) -> ctx.step("add", Integer.class, () -> n + 1))
                .open();
    }

    /** Starts one, which is durable then, and waits for its result, which is durable too. */
    static void call(Romancy romancy, int n) {
        int result = romancy.start(TYPE, n).result(Lab.DEADLINE);
        if (result != n + 1) {
            throw new IllegalStateException("the workflow added one to " + n + " and got " + result);
        }
    }
}
