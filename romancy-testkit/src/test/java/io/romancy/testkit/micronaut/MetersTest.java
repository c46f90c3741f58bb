package io.romancy.testkit.micronaut;

import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.romancy.api.StartOptions;
import io.romancy.api.channel.Mailbox;
import io.romancy.testkit.record.EventConditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a registry of the application hears of the engine. */
class MetersTest {
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(romancy\\.[a-z.]+)` \\|");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Map<String, Object> options = App.options(App.database() + "?notify=true");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private App app() {
        options.put("test.publisher", true);
        App app = new App(options);
        app.context().getBeansOfType(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
        return app;
    }

    private void ship(App app) {
        app.context().getBean(Greeter.class).failures.set(1);
        var handle = app.romancy().start(Traced.class, "Ada", StartOptions.id("m1"));
        handle.send(Traced.PAID, "paid");
        assertThat(handle.result(DEADLINE)).isEqualTo("paid false");
        app.events.await(ended("m1-ping"));
        app.events.await(published("order.shipped"));
        assertThatThrownBy(() -> app.romancy().start(Booking.class, "chair").result(DEADLINE))
                .hasStackTraceContaining("no money");
        app.romancy().close();
    }

    @Test
    void measuresWhatWorkflowsDo() {
        try (var app = app()) {
            ship(app);
        }

        assertThat(timed("romancy.workflow.start", "workflow", "traced", "outcome", "done"))
                .isEqualTo(1);
        assertThat(counted("romancy.workflows.started", "workflow", "traced")).isEqualTo(1);
        assertThat(timed("romancy.workflow.run", "workflow", "traced", "outcome", "completed"))
                .isEqualTo(1);
        assertThat(timed("romancy.workflow.run", "workflow", "traced", "outcome", "suspended"))
                .isPositive();
        assertThat(timed("romancy.workflow.run", "workflow", "booking", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(timed("romancy.step.attempt", "workflow", "traced", "step", "Greeter.flaky", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(timed("romancy.step.attempt", "workflow", "traced", "step", "Greeter.flaky", "outcome", "done"))
                .isEqualTo(1);
        assertThat(timed("romancy.step.retry")).isEqualTo(1);
        assertThat(counted("romancy.steps", "outcome", "failed")).isEqualTo(1);
        assertThat(counted("romancy.compensations.started")).isEqualTo(1);
        assertThat(counted("romancy.compensations", "outcome", "done")).isEqualTo(2);
        assertThat(timed("romancy.message.send", "channel", "paid", "outcome", "done"))
                .isEqualTo(1);
        assertThat(counted("romancy.message.received", "workflow", "pinged", "channel", "ping"))
                .isEqualTo(1);
        assertThat(timed("romancy.outbox.add", "type", "order.shipped", "outcome", "done"))
                .isEqualTo(1);
        assertThat(timed("romancy.outbox.publish", "type", "order.shipped", "outcome", "done"))
                .isEqualTo(1);
        assertThat(counted("romancy.outbox.published", "type", "order.shipped")).isEqualTo(1);
    }

    @Test
    void readsWhatTheEngineCounts() {
        try (var app = app()) {
            awaitValue("romancy.notifications.state", "live", 1);
            assertThat(registry.get("romancy.notifications.state")
                            .tag("state", "down")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("romancy.lease.margin").timeGauge().value(TimeUnit.SECONDS))
                    .isPositive();
            assertThat(registry.get("romancy.workflows.running").gauge().value())
                    .isZero();
            app.events.await(EventConditions.polled("workflow-resumption"));
            awaitPolls();
            awaitValue("romancy.outbox.events", "pending", 0);
        }
    }

    private void awaitPolls() {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (polls() == 0) {
            assertThat(System.nanoTime() - end).as("no poll was counted").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private double polls() {
        return registry.get("romancy.polls").tag("poller", "workflow-resumption").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    /** What is read is a moment old, and the outbox is looked at in the background. */
    private void awaitValue(String name, String state, double value) {
        var gauge = registry.get(name).tag("state", state).gauge();
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (gauge.value() != value) {
            assertThat(System.nanoTime() - end)
                    .as("%s of %s is %s", name, state, gauge.value())
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void everyMeterIsInTheGuideAndEveryOneOfTheGuideIsThere() throws IOException {
        try (var app = app()) {
            ship(app);
        }
        Set<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("..", "docs", "guide", "operations.md")))
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceAll("[|` ]", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // what happens only when something goes wrong
        there.addAll(Set.of(
                "romancy.claims.lost",
                "romancy.claims.released",
                "romancy.claims.reaped",
                "romancy.lease.lost",
                "romancy.outbox.retry",
                "romancy.outbox.aside"));

        assertThat(documented).isEqualTo(there);
    }

    @Test
    void namesMadeUpAtRunTimeAreCountedTogether() {
        options.put("romancy.metrics.max-tag-values", 3);
        try (var app = app()) {
            for (int i = 0; i < 10; i++) {
                String id = "mailbox-" + i;
                var to = Mailbox.of("channel-" + i, String.class);
                assertThatThrownBy(() -> app.romancy().send(id, to, "x")).hasMessageContaining(id);
            }
        }

        assertThat(registry.find("romancy.message.send").timers())
                .extracting(timer -> timer.getId().getTag("channel"))
                .containsExactlyInAnyOrder("channel-0", "channel-1", "channel-2", "other");
        assertThat(timed("romancy.message.send", "channel", "other", "outcome", "failed"))
                .isEqualTo(7);
    }

    @Test
    void areThereUnlessTheyAreSwitchedOff() {
        try (var app = app()) {
            assertThat(registry.find("romancy.polls").functionCounters()).isNotEmpty();
        }
        options.put("romancy.metrics.enabled", false);
        try (var app = new App(options)) {
            assertThat(app.context().getBeansOfType(MeterBinder.class)).isEmpty();
        }
    }

    private long timed(String name, String... tags) {
        return registry.get(name).tags(tags).timer().count();
    }

    private double counted(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }
}
