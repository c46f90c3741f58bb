package io.romancy.testkit.micronaut;

import static io.romancy.testkit.record.EventConditions.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.romancy.api.EngineStatus;
import io.romancy.api.StartOptions;
import io.romancy.api.outbox.Outbox;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.testkit.record.EventConditions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What can be configured beside the engine's own options, and what becomes of what nobody understands. */
class ConfigurationTest {
    private final String database = App.database();
    private final Map<String, Object> options = App.options(database);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "romancy.outbox.interval; 0s; romancy.outbox.interval = PT0S",
                "romancy.outbox.max-events-per-batch; 0; romancy.outbox.max-events-per-batch = 0",
                "romancy.outbox.concurrency; 0; romancy.outbox.concurrency = 0",
                "romancy.outbox.publish-timeout; 8s; romancy.outbox.publish-timeout = PT8S and romancy.lease-duration = PT15S",
                "romancy.outbox.retry-delay; 0s; romancy.outbox.retry-delay = PT0S",
                "romancy.outbox.max-retry-delay; 10ms; romancy.outbox.max-retry-delay = PT0.01S and romancy.outbox.retry-delay",
                "romancy.outbox.max-age; 0s; romancy.outbox.max-age = PT0S",
                "romancy.outbox.max-age; soon; romancy.outbox.max-age = soon is refused: it is no time",
                "romancy.outbox.retention; 0s; romancy.outbox.retention = PT0S",
                "romancy.retention; later; romancy.retention = later is refused: it is no time",
                "romancy.default-retry.attempts; -1; romancy.default-retry.attempts -1 is refused",
                "romancy.default-retry.jitter; 2; romancy.default-retry.jitter 2.0 is refused",
                "romancy.default-retry.max-delay; 1ms; romancy.default-retry.max-delay PT0.001S is refused",
                "romancy.pool-size; 0; romancy.pool-size = 0",
                "romancy.max-payload-bytes; 1; romancy.max-payload-bytes = 1",
                "romancy.lease-duration; 9s; romancy.lease-renewal = PT5S and romancy.lease-duration = PT9S",
                "romancy.auto-migrate; yes; romancy.auto-migrate = 'yes' is refused: it is neither on nor off",
                "romancy.worker.enabled; flase; romancy.worker.enabled = 'flase' is refused: it is neither on nor off",
                "romancy.pool-size; many; romancy.pool-size = 'many' is refused: it is no number that fits",
                "romancy.timer-check-interval; soon; romancy.timer-check-interval = 'soon' is refused: it is no time",
                "romancy.listen-notify; perhaps; romancy.listen-notify = 'perhaps' is refused: it is none of its values. Take one of auto, true, false",
                "romancy.default-retry.multiplier; twice; romancy.default-retry.multiplier = 'twice' is refused",
                "romancy.health.timeout; 0s; romancy.health.timeout = PT0S",
                "romancy.metrics.max-tag-values; 0; romancy.metrics.max-tag-values = 0",
                "romancy.enabled; no; romancy.enabled = 'no' is refused: it is neither on nor off",
            })
    void refusesByTheKeyWhatCannotBe(String key, String value, String said) {
        options.put(key, value);

        assertThatThrownBy(() -> new App(options)).satisfies(e -> {
            assertThat(App.refusal(e).code()).isEqualTo(ErrorCode.INVALID_OPTION);
            assertThat(App.refusal(e).getMessage()).contains(said);
        });
    }

    @Test
    void reportsKeysThatNobodyReadsWithTheNearestThatThereIs() {
        options.put("romancy.max-parked-workflow", 5);
        options.put("romancy.outbox.intervall", "1s");
        options.put("romancy.activities.Greeter.flaky.atempts", 3);
        options.put("romancyx.pool-size", 1);

        assertThat(reported(options))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "romancy.max-parked-workflow ", "nearest that there is: romancy.max-parked-workflows"))
                .anySatisfy(line -> assertThat(line).contains("romancy.outbox.intervall", ": romancy.outbox.interval"))
                .anySatisfy(line -> assertThat(line)
                        .contains("Greeter.flaky.atempts", ": romancy.activities.Greeter.flaky.attempts"));
    }

    @ParameterizedTest
    @CsvSource({
        "Greeter.flakey.attempts, Greeter.flaky.attempts",
        "greeter.flaky.attempts, Greeter.flaky.attempts",
        "charg.timeout, charge.timeout",
    })
    void reportsWhatIsSaidOfAnActivityThatNobodyHas(String said, String meant) {
        options.put("romancy.activities." + said, 3);

        assertThat(reported(options))
                .singleElement()
                .asString()
                .contains("romancy.activities." + said + " ", "nearest that there is: romancy.activities." + meant);
    }

    @Test
    void reportsNothingOfWhatIsRead() {
        options.put("romancy.maxParkedWorkflows", 5);
        options.put("romancy.outbox.max-age", "never");
        options.put("romancy.outbox.retention", "forever");
        options.put("romancy.outbox.enabled", true);
        options.put("romancy.worker.enabled", true);
        options.put("romancy.default-retry.max-delay", "90s");
        options.put("romancy.activities.Greeter.flaky.max-delay", "2m");
        options.put("romancy.activities.mail.timeout", "2s");
        options.put("romancy.health.enabled", true);
        options.put("romancy.metrics.max-tag-values", 10);
        options.put("romancy.tracing.enabled", false);

        assertThat(reported(options)).isEmpty();
    }

    private static List<String> reported(Map<String, Object> options) {
        var log = (Logger) LoggerFactory.getLogger("io.romancy.micronaut.ConfigurationKeys");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try (var app = new App(options)) {
            assertThat(app.romancy().status().phase()).isEqualTo(EngineStatus.Phase.OPEN);
        } finally {
            log.detachAppender(lines);
        }
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void publishersAreBeansAndSoIsTheOutbox() throws Exception {
        options.put("test.publisher", true);
        try (var app = new App(options)) {
            var outbox = app.context().getBean(Outbox.class);
            app.romancy().inTransaction(tx -> outbox.add("order.shipped", "42"));

            app.events.await(published("order.shipped"));
            assertThat(app.context().getBean(Recorder.class).types).containsExactly("order.shipped");
        }
    }

    @Test
    void relaysNothingWhereThatIsOff() throws Exception {
        options.put("test.publisher", true);
        options.put("romancy.outbox.enabled", false);
        try (var app = new App(options)) {
            var outbox = app.context().getBean(Outbox.class);
            app.romancy().inTransaction(tx -> outbox.add("order.shipped", "42"));
            app.events.await(EventConditions.polled("message-dispatch"));

            assertThat(outbox.counts()).isEqualTo(new OutboxCounts(1, 0, 0));
            options.put("romancy.outbox.enabled", true);
            try (var other = new App(options)) {
                other.events.await(published("order.shipped"));
            }
            assertThat(app.context().getBean(Recorder.class).types).isEmpty();
        }
    }

    @Test
    void aGracefulShutdownHandsWorkOverAndMoreThanOnceIsHarmless() throws Exception {
        options.put("romancy.worker.enabled", false);
        var client = new App(options); // the database lives as long as somebody uses it
        options.put("romancy.worker.enabled", true);
        try (client;
                var first = new App(options)) {
            var held = first.context().getBean(Holding.Gate.class);
            first.romancy().start(Holding.class, "x", StartOptions.id("held"));
            held.arrived.acquire();

            var shutdown = first.context()
                    .getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture();
            assertThat(shutdown).as("it waits for the step that is at work").isNotDone();
            held.open.release();
            shutdown.get(60, TimeUnit.SECONDS);
            assertThat(first.romancy().status().phase()).isEqualTo(EngineStatus.Phase.CLOSING);
            assertThat(first.romancy().handle("held").info().status())
                    .as("requests that the server is still answering are served; it may have come to its next wait")
                    .isIn(InstanceStatus.READY, InstanceStatus.WAITING);

            first.context()
                    .getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            try (var second = new App(options)) {
                var handle = second.romancy().handle("held", Holding.class);
                handle.send(Greeting.GO, "go");
                assertThat(handle.result(Duration.ofSeconds(60))).isEqualTo("x once, then more");
                assertThat(second.context().getBean(Holding.Gate.class).arrived.availablePermits())
                        .as("what the first one recorded is not done again")
                        .isZero();
            }
        }
    }
}
