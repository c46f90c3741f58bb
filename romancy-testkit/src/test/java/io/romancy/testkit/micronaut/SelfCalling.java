package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.activity.Activity;
import java.util.concurrent.atomic.AtomicInteger;

/** A workflow whose activities are its own methods. */
@Workflow("self_calling")
class SelfCalling implements Durable<Integer, Integer> {
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Integer run(WorkflowContext ctx, Integer number) {
        int twice = twice(number);
        ctx.receive(Greeting.GO);
        return twice(twice);
    }

    @Activity
    int twice(int number) {
        CALLS.incrementAndGet();
        return 2 * number;
    }
}
