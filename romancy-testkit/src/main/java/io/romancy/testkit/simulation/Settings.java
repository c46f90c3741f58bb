package io.romancy.testkit.simulation;

import io.romancy.api.RomancyBuilder;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How the engines of one simulation are set up. The seed chooses between what is usual and what is extreme: no thread is kept, one workflow
 * at a time, one row in a poll.
 *
 * @param notifies whether there are notifications at all
 */
record Settings(
        boolean notifies, Duration lease, Duration interval, Duration fallback, int parked, int concurrent, int batch) {
    private static final Duration RETRY = Duration.ofMillis(100);

    /** Short beside the time after which something that makes no progress counts as stuck. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    static Settings of(SplittableRandom dice) {
        Duration interval = pick(dice, Duration.ofMillis(200), Duration.ofSeconds(1));
        return new Settings(
                dice.nextInt(4) > 0,
                pick(dice, Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(15)),
                interval,
                pick(dice, interval, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                pick(dice, 0, 2, 10_000),
                pick(dice, 1, 3, 1_000),
                pick(dice, 1, 3, 100));
    }

    @SafeVarargs
    private static <T> T pick(SplittableRandom dice, T... choices) {
        return choices[dice.nextInt(choices.length)];
    }

    void apply(RomancyBuilder builder) {
        builder.leaseDuration(lease)
                .leaseRenewal(lease.dividedBy(3))
                .workflowResumptionInterval(interval)
                .timerCheckInterval(interval)
                .channelTimeoutInterval(interval)
                .outboxInterval(interval)
                .notifyFallbackInterval(fallback)
                .outboxPublishTimeout(lease.dividedBy(3))
                .outboxRetryDelay(RETRY)
                .outboxMaxRetryDelay(LONGEST_RETRY)
                .maxParkedWorkflows(parked)
                .maxConcurrentWorkflows(concurrent)
                .maxWorkflowsPerBatch(batch)
                .maxTimersPerBatch(batch)
                .maxMessagesPerBatch(batch)
                .shutdownTimeout(Duration.ofSeconds(10));
    }
}
