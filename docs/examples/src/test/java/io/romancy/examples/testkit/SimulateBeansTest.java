package io.romancy.examples.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.ActivityContext;
import io.romancy.testkit.simulation.Simulation;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A workflow and its activities are beans, and a simulation takes them from the application's context. */
class SimulateBeansTest {
    /** Sends a parcel. */
    @Workflow("shipping")
    static class Shipping implements Durable<String, String> {
        private final Carrier carrier;

        Shipping(Carrier carrier) {
            this.carrier = carrier;
        }

        @Override
        public String run(WorkflowContext ctx, String parcel) {
            return carrier.book(parcel);
        }
    }

    /** Somebody else's service. */
    @Singleton
    static class Carrier {
        @Activity
        String book(String parcel) {
            throw new IllegalStateException("a test books a real carrier for " + parcel);
        }
    }

    @Singleton
    @Replaces(Carrier.class)
    static class PaperCarrier extends Carrier {
        private final Map<String, String> booked = new HashMap<>();
        private final ActivityContext activity;

        PaperCarrier(ActivityContext activity) {
            this.activity = activity;
        }

        @Override
        @Activity
        String book(String parcel) {
            booked.put(activity.idempotencyKey(), parcel);
            return "booked " + parcel;
        }

        Map<String, String> booked() {
            return booked;
        }
    }

    @Test
    void everyParcelIsBookedOnce() {
        Map<String, Object> options =
                Map.of("romancy.database", "romancy:memory:simulated", "romancy.worker.enabled", false);
        try (var context = ApplicationContext.run(options)) {
            var carrier = context.getBean(PaperCarrier.class);
            Simulation.seeds(100).workers(2).run(world -> {
                carrier.booked().clear();
                world.workflow(Shipping.class, () -> context.getBean(Shipping.class));

                world.client("Ada", client -> {
                    client.ask(romancy -> romancy.start(Shipping.class, "hats", StartOptions.id("Ada")));
                    client.ask(romancy -> romancy.handle("Ada", Shipping.class).result(ofMinutes(10)));
                });
                world.afterwards(() -> assertThat(carrier.booked()).hasSize(1));
            });
        }
    }
}
