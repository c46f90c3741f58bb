package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** Has a step that takes until the test lets it go, waits for a message, and has one more step. */
@Workflow("holding")
class Holding implements Durable<String, String> {
    private final Gate gate;

    Holding(Gate gate) {
        this.gate = gate;
    }

    /** Where the first step waits. */
    @Singleton
    static class Gate {
        final Semaphore arrived = new Semaphore(0);
        final Semaphore open = new Semaphore(0);
    }

    @Override
    public String run(WorkflowContext ctx, String input) {
        String once = ctx.step("once", String.class, () -> {
            gate.arrived.release();
            gate.open.acquire();
            return input + " once";
        });
        ctx.receive(Greeting.GO);
        return ctx.step("more", String.class, () -> once + ", then more");
    }
}
