package io.romancy.examples.testkit;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.testkit.simulation.SimulatedWorld;
import io.romancy.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An order is charged once under hundreds of schedules, in each of which something else goes wrong; without the key it is not. */
class SimulateASystemTest {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);
    static final Mailbox<Boolean> CONFIRMED = Mailbox.of("confirmed", Boolean.class);

    private static final Step<String> CHARGE = Step.of("charge", String.class);

    @Test
    void everyCustomerIsChargedOnce() {
        var report = Simulation.seeds(200).workers(3).run(world -> {
            Map<String, String> charges = new HashMap<>();
            world.workflow(ORDER, (ctx, customer) -> {
                boolean confirmed = ctx.receive(CONFIRMED, ofDays(3)).orElse(false);
                if (confirmed) {
                    ctx.step(CHARGE, activity -> {
                        charges.put(activity.idempotencyKey(), customer);
                        return activity.idempotencyKey();
                    });
                }
                return confirmed ? "charged " + customer : "forgotten";
            });

            List.of("Ada", "Bob").forEach(name -> orders(world, name));
            world.afterwards(() -> assertThat(charges.values()).containsExactlyInAnyOrder("Ada", "Bob"));
        });

        assertThat(report.seeds()).isEqualTo(200);
    }

    private static void orders(SimulatedWorld world, String name) {
        world.client(name, client -> {
            client.ask(romancy -> romancy.start(ORDER, name, StartOptions.id(name)));
            world.passUpTo(ofSeconds(10));
            client.tell(romancy -> romancy.send(name, CONFIRMED, true, MessageOptions.key("yes")));
            String end = client.ask(romancy -> romancy.handle(name, ORDER).result(ofMinutes(10)));
            assertThat(end).isEqualTo("charged " + name);
        });
    }

    @Test
    void aChargeWithoutItsKeyIsFoundOut() {
        assertThatThrownBy(() -> Simulation.seeds(200).run(world -> {
                    List<String> charges = new ArrayList<>();
                    world.workflow(ORDER, (ctx, customer) -> {
                        ctx.step("charge", () -> charges.add(customer));
                        return "charged";
                    });
                    world.client(
                            "Ada",
                            client -> client.ask(romancy -> romancy.start(ORDER, "Ada", StartOptions.id("ada"))));
                    world.afterwards(() -> assertThat(charges).containsExactly("Ada"));
                }))
                .hasMessageContaining("Repeat it alone with Simulation.seed(");
    }
}
