package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A workflow that is in its step when its process dies. */
final class HeldWorkflow {
    private static final WorkflowType<Integer, Boolean> TYPE = WorkflowType.of("held", Integer.class, Boolean.class);

    private HeldWorkflow() {}

    static String start(Romancy romancy, int n) {
        return romancy.start(TYPE, n).id();
    }

    /** Opens a worker that announces each step that it begins, and then does this. */
    static Romancy open(RomancyBuilder engine, Consumer<String> begins, Callable<Boolean> body) {
        return engine.workflow(TYPE, (ctx, n) -> {
                    String id = ctx.info().id();
                    return ctx.step("hold", Boolean.class, () -> {
                        begins.accept(id);
                        return body.call();
                    });
                })
                .open();
    }
}
