package io.romancy.examples.testkit;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.Step;
import io.romancy.api.WorkflowType;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.postgres.StopMode;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections break and servers go away while an order is being charged; it is shipped all the same. */
@PostgresTest
class BreakConnectionsTest {
    static final WorkflowType<String, String> ORDER = WorkflowType.of("order", String.class, String.class);

    private static final Step<Boolean> RESERVE = Step.of("reserve", Boolean.class);

    private final List<String> keys = new CopyOnWriteArrayList<>();

    @Test
    void connectionsAreCut(PostgresDatabase database) {
        try (var proxy = PostgresProxy.inFrontOf(database)) {
            assertThat(order(proxy.url(database), () -> proxy.network().cut())).isEqualTo("shipped to Ada");
            assertThat(keys).hasSize(1);
        }
    }

    @Test
    void sessionsAreTerminated(PostgresDatabase database) {
        assertThat(order(database.url(), () -> database.terminate("romancy%"))).isEqualTo("shipped to Ada");
        assertThat(keys).hasSize(1);
    }

    @Test
    void theServerStartsAgain() {
        try (var server = LocalServer.start();
                var database = server.server().createDatabase()) {
            assertThat(order(database.url(), () -> server.restart(StopMode.IMMEDIATE)))
                    .isEqualTo("shipped to Ada");
            assertThat(keys).hasSize(1);
        }
    }

    @Test
    void aStandbyTakesOverThatLacksTheLastRecord() {
        try (var primary = LocalServer.start();
                var standby = primary.standby()) {
            var database = primary.server().createDatabase();
            try (var proxy = PostgresProxy.inFrontOf(database)) {
                Runnable failover = () -> {
                    primary.stop(StopMode.IMMEDIATE);
                    proxy.leadTo(standby.server());
                    standby.promote();
                };

                assertThat(order(proxy.url(database), standby::stopFollowing, failover))
                        .isEqualTo("shipped to Ada");
                assertThat(keys).hasSize(2).containsOnly(keys.getFirst());
            }
        }
    }

    /** What becomes of an order whose first steps meet these troubles. */
    private String order(String url, Runnable... troubles) {
        Queue<Runnable> left = new ConcurrentLinkedQueue<>(List.of(troubles));
        Durable<String, String> workflow = (ctx, customer) -> {
            ctx.step(RESERVE, activity -> {
                meet(left.poll());
                return keys.add(activity.idempotencyKey());
            });
            ctx.step("charge", () -> meet(left.poll()));
            ctx.step("ship", () -> {});
            return "shipped to " + customer;
        };
        try (var romancy =
                Romancy.builder().database(url).workflow(ORDER, workflow).open()) {
            return romancy.start(ORDER, "Ada").result(ofMinutes(1));
        }
    }

    private static void meet(@Nullable Runnable trouble) {
        if (trouble != null) {
            trouble.run();
        }
    }
}
