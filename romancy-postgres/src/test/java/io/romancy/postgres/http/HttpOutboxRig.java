package io.romancy.postgres.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.postgres.LogLines;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** An application on a database of its own that publishes to a broker of its own. */
abstract class HttpOutboxRig {
    static final String TYPE = "order.shipped";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    final Broker broker = new Broker();
    final EngineEvents events = new EngineEvents();
    final Map<String, Object> options = new HashMap<>(Map.of(
            "micronaut.application.name", "shop",
            "romancy.outbox.http.url", broker.url() + "/events",
            "romancy.outbox.retry-delay", "10ms",
            "romancy.outbox.max-retry-delay", "100ms"));

    /** What the environment has beside its own. */
    final Map<String, Object> variables = new HashMap<>();

    private final LogLines dropped = new LogLines("reactor.core.publisher.Operators");
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private @Nullable ApplicationContext application;

    /** The application, started when it is first asked for. */
    ApplicationContext application() {
        ApplicationContext running = application;
        if (running == null) {
            options.put("romancy.database", database.url());
            running = ApplicationContext.builder()
                    .properties(options)
                    .propertySources(PropertySource.of(
                            "variables", variables, PropertyConvention.ENVIRONMENT_VARIABLE, Origin.of("variables")))
                    .build();
            running.registerSingleton(EngineListener.class, events);
            application = running;
            running.start();
        }
        return running;
    }

    Romancy romancy() {
        return application().getBean(Romancy.class);
    }

    /** Adds texts of one key, in one transaction. */
    void add(@Nullable String key, String... texts) throws Exception {
        romancy().inTransaction(transaction -> {
            for (String text : texts) {
                OutboxEvent event = OutboxEvent.of(TYPE, text);
                romancy().outbox().add(key == null ? event : event.key(key));
            }
            return true;
        });
    }

    void add(OutboxEvent event) throws Exception {
        romancy().inTransaction(transaction -> romancy().outbox().add(event));
    }

    List<EngineEvent.EventPostponed> postponements() {
        return events.all(EngineEvent.EventPostponed.class);
    }

    List<EngineEvent.EventSetAside> refusals() {
        return events.all(EngineEvent.EventSetAside.class);
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("not within %s: %s", DEADLINE, what)
                    .isNegative();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (application != null) {
            application.close();
        }
        broker.close();
        database.close();
        dropped.close();
        assertThat(dropped.all()).as("a stack trace that no operator can use").isEmpty();
    }
}
