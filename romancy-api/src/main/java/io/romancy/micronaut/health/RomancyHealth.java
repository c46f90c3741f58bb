package io.romancy.micronaut.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.error.WorkflowNotFoundException;
import io.romancy.micronaut.DatabaseLook;
import io.romancy.micronaut.HealthConfiguration;
import io.romancy.micronaut.OpenEngine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Whether this application can start, resume and finish workflows: down while the database does not answer, and before the engine is open
 * and after. Without notifications it works, by polling, so these are a detail. A check costs one look for a row by its key, at most one a
 * second however often it is asked, and takes no longer than its time-out.
 */
@Singleton
@Readiness
final class RomancyHealth implements HealthIndicator {
    private static final String NAME = "romancy";
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** No instance has it: what is looked for is an answer. */
    private static final String NOBODY = "romancy-health";

    private final OpenEngine engine;
    private final Duration timeout;
    private final DatabaseLook<Boolean> storage = new DatabaseLook<>(this::reach, INTERVAL);

    RomancyHealth(OpenEngine engine, HealthConfiguration options) {
        this.engine = engine;
        this.timeout = options.longestWait();
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.fromCompletableFuture(this::result);
    }

    private CompletableFuture<HealthResult> result() {
        Romancy romancy = engine.get().orElse(null);
        if (romancy == null) {
            return CompletableFuture.completedFuture(down(Map.of("engine", "not open yet")));
        }
        EngineStatus status = romancy.status();
        Map<String, Object> details = details(status);
        if (status.phase() != EngineStatus.Phase.OPEN) {
            return CompletableFuture.completedFuture(down(details));
        }
        return storage.ask()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> {
                    details.put("storage.state", failure == null ? "UP" : "DOWN");
                    if (failure == null) {
                        return HealthResult.builder(NAME, HealthStatus.UP)
                                .details(details)
                                .build();
                    }
                    details.put("storage.error", reason(failure));
                    return down(details);
                });
    }

    private boolean reach() {
        try {
            engine.get().orElseThrow().handle(NOBODY).info();
            return true;
        } catch (WorkflowNotFoundException e) {
            return true; // asked and answered
        }
    }

    private String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? "no answer within " + timeout : String.valueOf(cause.getMessage());
    }

    private static Map<String, Object> details(EngineStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("engine", status.phase().name());
        details.put("worker", status.workerName());
        details.put("storage", status.storage());
        details.put(
                "notifications",
                status.notifications() == null
                        ? "none, polling only"
                        : status.notifications().name());
        put(details, "notifications.detail", status.notificationsDetail());
        if (status.node() != null) {
            details.put("lease", status.leaseHeld() ? "held" : "lost; no step is started");
            details.put("running", status.running());
            details.put("parked", status.parked());
        }
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    private static HealthResult down(Map<String, Object> details) {
        return HealthResult.builder(NAME, HealthStatus.DOWN).details(details).build();
    }
}
