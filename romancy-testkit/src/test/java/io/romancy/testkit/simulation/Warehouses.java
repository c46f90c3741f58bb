package io.romancy.testkit.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.PublishLaterException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goods that come and go: clerks and workflows tell of every movement through the outbox, in the order of each article, and the carrier is
 * busy, slow, or does not take what he is given.
 */
final class Warehouses {
    static final WorkflowType<String, Integer> STOCKTAKING =
            WorkflowType.of("stocktaking", String.class, Integer.class);

    private static final List<String> ARTICLES = List.of("nails", "screws", "glue");
    private static final String MOVED = "moved";
    private static final String BROKEN = "broken";
    private static final Step<Integer> COUNT = Step.of("count", Integer.class)
            .retry(RetryPolicy.defaults().attempts(0).maxDelay(ofSeconds(2)));

    private final SimulatedWorld world;
    private final Map<String, Integer> lastArrived = new HashMap<>();

    private Warehouses(SimulatedWorld world) {
        this.world = world;
    }

    static void arrange(SimulatedWorld world, int clerks, int movements) {
        var warehouse = new Warehouses(world);
        world.workflow(STOCKTAKING, warehouse::count);
        world.engine(builder -> builder.publisher(warehouse.new Carrier()));
        for (int i = 0; i < clerks; i++) {
            String name = "clerk-" + i;
            world.client(name, client -> warehouse.move(client, name, movements));
        }
        world.client("accountant", client -> {
            client.ask(romancy -> romancy.start(STOCKTAKING, "accountant", StartOptions.id("stocktaking")));
            int counted = client.ask(
                    romancy -> romancy.handle("stocktaking", STOCKTAKING).result(ofMinutes(20)));
            assertThat(counted).isEqualTo(ARTICLES.size());
        });
        world.afterwards(() -> {
            for (int i = 0; i < clerks; i++) {
                assertThat(warehouse.lastArrived).containsEntry("clerk-" + i, movements - 1);
            }
        });
    }

    /** One after the other: whoever hears of the second has heard of the first. */
    private void move(SimulatedClient client, String clerk, int movements) throws Exception {
        String own = ARTICLES.get(Math.floorMod(clerk.hashCode(), ARTICLES.size()));
        for (int i = 0; i < movements; i++) {
            int number = i;
            world.passUpTo(ofMillis(600));
            client.tellOnce(romancy -> giveUp(romancy, clerk));
            client.tell(romancy -> romancy.inTransaction(tx -> {
                romancy.outbox().add(OutboxEvent.of(MOVED, clerk + "/" + number).key(own));
                world.passUpTo(ofMillis(100));
                romancy.outbox().add(OutboxEvent.of(BROKEN, "one of the " + own).key(own));
                return romancy.outbox().add(OutboxEvent.of(MOVED, "noted by " + clerk));
            }));
        }
    }

    private void giveUp(Romancy romancy, String clerk) throws Exception {
        try {
            romancy.inTransaction(tx -> {
                romancy.outbox().add(OutboxEvent.of(MOVED, "never").key(ARTICLES.getFirst()));
                world.passUpTo(ofMillis(100));
                throw new UnsupportedOperationException(clerk);
            });
        } catch (UnsupportedOperationException e) {
            assertThat(e).hasMessage(clerk);
        }
    }

    private Integer count(WorkflowContext ctx, String name) {
        int counted = 0;
        for (String article : ARTICLES) {
            counted += ctx.step(
                    COUNT,
                    activity -> world.romancy().inTransaction(tx -> {
                        world.romancy().outbox().add(OutboxEvent.of(MOVED, name).key(article));
                        world.passUpTo(ofMillis(200));
                        return 1;
                    }));
        }
        return counted;
    }

    /** Where events go. */
    private final class Carrier implements OutboxPublisher {
        @Override
        public boolean accepts(String type) {
            return true;
        }

        @Override
        public void publish(OutboxRecord event) {
            boolean slow = world.random().nextInt(12) == 0;
            world.passUpTo(slow ? ofSeconds(6) : ofMillis(200));
            if (event.type().equals(BROKEN)) {
                throw new EventRejectedException("nobody carries what is broken");
            }
            switch (world.random().nextInt(8)) {
                case 0 -> throw new IllegalStateException("the carrier is busy");
                case 1 -> throw new PublishLaterException(ofMillis(400), "the carrier sleeps", null);
                default -> arrived(new String(event.payload().data(), StandardCharsets.UTF_8));
            }
        }

        /** What a clerk did may be told again, but never for the first time after what he did next. */
        private void arrived(String text) {
            String told = text.replace("\"", "");
            assertThat(told).doesNotContain("never");
            int slash = told.indexOf('/');
            if (slash > 0) {
                String clerk = told.substring(0, slash);
                int number = Integer.parseInt(told.substring(slash + 1));
                int last = lastArrived.getOrDefault(clerk, -1);
                assertThat(number).isLessThanOrEqualTo(last + 1);
                lastArrived.put(clerk, Math.max(last, number));
            }
        }
    }
}
