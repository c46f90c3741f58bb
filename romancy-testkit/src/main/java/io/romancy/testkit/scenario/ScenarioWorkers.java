package io.romancy.testkit.scenario;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Opens engines for scenarios. */
final class ScenarioWorkers {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration FALLBACK = Duration.ofMillis(300);
    private static final int CONNECTIONS = 4;

    private ScenarioWorkers() {}

    static ScenarioWorker open(ScenarioSetting setting, String name, UnaryOperator<RomancyBuilder> options) {
        Faults faults = Faults.create();
        EngineEvents events = new EngineEvents();
        RomancyBuilder builder = Romancy.builder()
                .database(faults.url(setting.url()))
                .listenNotify(setting.listenNotify())
                .notifyFallbackInterval(FALLBACK)
                .workflowResumptionInterval(SHORT)
                .timerCheckInterval(SHORT)
                .channelTimeoutInterval(SHORT)
                .outboxInterval(SHORT)
                .defaultRetry(RetryPolicy.defaults()
                        .attempts(3)
                        .delay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(5)))
                .maxParkedWorkflows(setting.keepsWaitingThreads() ? 10_000 : 0)
                .shutdownTimeout(Duration.ofSeconds(20))
                .retention(null)
                .poolSize(CONNECTIONS)
                .workerName(name)
                .listener(events);
        setting.properties().forEach(builder::storageProperty);
        return new ScenarioWorker(name, options.apply(builder).open(), events, faults);
    }
}
