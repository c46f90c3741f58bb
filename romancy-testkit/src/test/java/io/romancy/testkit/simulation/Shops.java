package io.romancy.testkit.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import java.util.HashSet;
import java.util.Set;

/** A shop: orders that charge, wait for their payment with a time-out, and ship. */
final class Shops {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);
    static final WorkflowType<Void, String> OTHER = WorkflowType.of("other", Void.class, String.class);
    static final Mailbox<String> PAID = Mailbox.of("paid", String.class);

    private static final Step<String> CHARGE = Step.of("charge", String.class);

    private Shops() {}

    /** So many customers, each of which orders once and pays. */
    static void arrange(SimulatedWorld world, int customers) {
        Set<String> charged = new HashSet<>();
        world.workflow(ORDER, (ctx, customer) -> order(ctx, customer, charged));
        for (int i = 0; i < customers; i++) {
            String name = "customer-" + i;
            world.client(name, client -> {
                world.passUpTo(ofSeconds(2));
                client.ask(romancy -> romancy.start(ORDER, name, StartOptions.id("order-of-" + name)));
                world.passUpTo(ofSeconds(4));
                client.tell(romancy ->
                        romancy.send("order-of-" + name, PAID, "paid by " + name, MessageOptions.key("payment")));
                String result = client.ask(
                        romancy -> romancy.handle("order-of-" + name, ORDER).result(ofMinutes(10)));
                assertThat(result).isEqualTo("shipped to " + name + ", paid by " + name);
                assertThat(charged).contains(name);
            });
        }
    }

    private static String order(WorkflowContext ctx, String customer, Set<String> charged) {
        ctx.step(CHARGE, activity -> {
            charged.add(customer);
            return activity.idempotencyKey();
        });
        String paid = ctx.receive(PAID, ofMinutes(30)).orElse("not paid");
        ctx.sleep(ofMillis(700));
        ctx.step("ship", () -> {});
        return "shipped to " + customer + ", " + paid;
    }
}
