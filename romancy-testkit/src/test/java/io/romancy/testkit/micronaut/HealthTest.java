package io.romancy.testkit.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.health.HealthStatus;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.StorageCall;
import io.romancy.testkit.record.EventConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What a readiness check hears. */
class HealthTest {
    private final Faults faults = Faults.create();
    private final Map<String, Object> options = App.options(faults.url(App.database() + "?notify=true"));

    @AfterEach
    void close() {
        faults.close();
    }

    @Test
    void isUpWithTheStateOfStorageAndNotifications() {
        try (var app = new App(options)) {
            app.events.await(EventConditions.source(SourceState.LIVE));
            HealthResult result = check(app);

            assertThat(result.getName()).isEqualTo("romancy");
            assertThat(result.getStatus()).isEqualTo(HealthStatus.UP);
            assertThat(details(result))
                    .containsEntry("engine", "OPEN")
                    .containsEntry("storage.state", "UP")
                    .containsEntry("notifications", "LIVE")
                    .containsEntry("lease", "held")
                    .containsKeys("worker", "storage", "running", "parked");
        }
    }

    @Test
    void isUpWithoutNotifications() {
        options.put("romancy.listen-notify", "false");
        try (var app = new App(options)) {
            HealthResult result = check(app);

            assertThat(result.getStatus()).isEqualTo(HealthStatus.UP);
            assertThat(details(result)).containsEntry("notifications", "none, polling only");
        }
    }

    @Test
    void isDownWhileTheStorageFailsAndUpAgainAfterwards() {
        try (var app = new App(options)) {
            faults.fail(StorageCall.ASK);
            HealthResult down = await(app, HealthStatus.DOWN);
            assertThat(details(down)).containsEntry("storage.state", "DOWN");
            assertThat(details(down).get("storage.error")).asString().contains("ROM-5001");

            faults.heal();
            await(app, HealthStatus.UP);
        }
    }

    @Test
    void aStorageThatDoesNotAnswerIsDownWithinTheTimeout() {
        options.put("romancy.health.timeout", "100ms");
        try (var app = new App(options)) {
            faults.hold(StorageCall.ASK);
            HealthResult down = await(app, HealthStatus.DOWN);

            assertThat(details(down)).containsEntry("storage.error", "no answer within PT0.1S");
            int asked = faults.calls(StorageCall.ASK);
            for (int i = 0; i < 20; i++) {
                assertThat(check(app).getStatus()).isEqualTo(HealthStatus.DOWN);
            }
            assertThat(faults.calls(StorageCall.ASK))
                    .as("one look at a time, however long it hangs")
                    .isEqualTo(asked);
        }
    }

    @Test
    void manyChecksAreOneLook() {
        try (var app = new App(options)) {
            check(app);
            int before = faults.calls(StorageCall.ASK);
            long began = System.nanoTime();
            List<CompletableFuture<HealthResult>> checks = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                checks.add(ask(app));
            }
            checks.forEach(CompletableFuture::join);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + 1;

            assertThat((long) faults.calls(StorageCall.ASK) - before).isLessThanOrEqualTo(seconds + 1);
        }
    }

    @Test
    void isDownWhenTheEngineIsClosed() {
        try (var app = new App(options)) {
            app.romancy().close();

            HealthResult result = check(app);
            assertThat(result.getStatus()).isEqualTo(HealthStatus.DOWN);
            assertThat(details(result)).containsEntry("engine", "CLOSED");
        }
    }

    @Test
    void canBeSwitchedOff() {
        options.put("romancy.health.enabled", false);
        try (var app = new App(options)) {
            assertThat(app.context().getBeansOfType(HealthIndicator.class))
                    .noneMatch(indicator -> indicator.getClass().getName().startsWith("io.romancy"));
        }
    }

    private static HealthResult await(App app, HealthStatus status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        HealthResult result = check(app);
        while (!result.getStatus().equals(status)) {
            assertThat(System.nanoTime() - end)
                    .as("still %s, not %s", result, status)
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            result = check(app);
        }
        return result;
    }

    private static HealthResult check(App app) {
        return ask(app).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<HealthResult> ask(App app) {
        var answer = new CompletableFuture<HealthResult>();
        app.context().getBeansOfType(HealthIndicator.class, Qualifiers.byStereotype(Readiness.class)).stream()
                .filter(indicator -> indicator.getClass().getName().startsWith("io.romancy"))
                .findFirst()
                .orElseThrow()
                .getResult()
                .subscribe(new Subscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(HealthResult result) {
                        answer.complete(result);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onComplete() {
                        answer.completeExceptionally(new AssertionError("no result"));
                    }
                });
        return answer;
    }

    @SuppressWarnings("unchecked") // details are a map, as for every indicator of Micronaut
    private static Map<String, Object> details(HealthResult result) {
        return (Map<String, Object>) result.getDetails();
    }
}
