package io.romancy.testkit.micronaut;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.channel.Mailbox;
import java.time.Duration;

/** Does one of everything that a trace should show, with a wait in between. */
@Workflow("traced")
class Traced implements Durable<String, String> {
    static final Mailbox<String> PAID = Mailbox.of("paid", String.class);

    private final Greeter greeter;
    private final Romancy romancy;

    Traced(Greeter greeter, Romancy romancy) {
        this.greeter = greeter;
        this.romancy = romancy;
    }

    @Override
    public String run(WorkflowContext ctx, String name) throws Exception {
        greeter.greet(name);
        var paid = ctx.receiveMessage(PAID);
        greeter.flaky();
        String event = ctx.step(
                "tell",
                String.class,
                () -> romancy.inTransaction(tx -> romancy.outbox().add("order.shipped", name)));
        ctx.start(Pinged.class, event, StartOptions.id(ctx.info().id() + "-ping"));
        ctx.send(ctx.info().id() + "-ping", Pinged.PING, "ping");
        ctx.sleep(Duration.ofMillis(1));
        return paid.value() + " " + paid.headers().containsKey("traceparent");
    }

    /** Another workflow, in the same trace. */
    @Workflow("pinged")
    static class Pinged implements Durable<String, String> {
        static final Mailbox<String> PING = Mailbox.of("ping", String.class);

        @Override
        public String run(WorkflowContext ctx, String input) {
            return ctx.receive(PING);
        }
    }
}
