package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.channel.Mailbox;
import java.util.stream.Collectors;

/** Waits between two activities, so that the second runs in another activation. */
@Workflow("greeting")
class Greeting implements Durable<String, String> {
    static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private final Greeter greeter;
    private int calls;

    Greeting(Greeter greeter) {
        this.greeter = greeter;
    }

    @Override
    public String run(WorkflowContext ctx, String name) throws Exception {
        String greeting = greeter.greet(name);
        calls++;
        String letters =
                greeter.spell(name).stream().map(Greeter.Letter::letter).collect(Collectors.joining("-"));
        String more = ctx.receive(GO);
        greeter.flaky();
        return greeting + " " + letters + " " + more + " " + greeter.outer() + " " + greeter.notAnActivity() + " "
                + calls;
    }
}
