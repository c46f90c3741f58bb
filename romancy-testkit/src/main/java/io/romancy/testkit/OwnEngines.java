package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.engine.EngineBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Opens engines that a test sets up itself, in haste.
 *
 * @param setups what it sets, over what is set here
 */
record OwnEngines(List<Consumer<RomancyBuilder>> setups, boolean replayAlways) implements Fleet.Opening {
    static final Duration LOOK_EVERY = Duration.ofMillis(20);
    static final Duration LOOK_EVERY_AT_LEAST = Duration.ofMillis(200);
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration RENEWAL = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final int CONNECTIONS = 4;

    @Override
    public Romancy open(Fleet fleet, Member member) {
        EngineBuilder builder = new EngineBuilder();
        fleet.tap(member, builder);
        builder.database(fleet.url(member))
                .workerName("worker-" + member.number)
                .notifyFallbackInterval(LOOK_EVERY_AT_LEAST)
                .workflowResumptionInterval(LOOK_EVERY)
                .timerCheckInterval(LOOK_EVERY)
                .channelTimeoutInterval(LOOK_EVERY)
                .outboxInterval(LOOK_EVERY)
                .outboxRetryDelay(SOON)
                .outboxMaxRetryDelay(SOON.multipliedBy(5))
                .leaseDuration(LEASE)
                .leaseRenewal(RENEWAL)
                .defaultRetry(RetryPolicy.defaults().delay(SOON).maxDelay(SOON.multipliedBy(5)))
                .maxParkedWorkflows(replayAlways ? 0 : 10_000)
                .shutdownTimeout(Duration.ofSeconds(10))
                .retention(null)
                .poolSize(CONNECTIONS);
        setups.forEach(setup -> setup.accept(builder));
        return builder.open();
    }
}
