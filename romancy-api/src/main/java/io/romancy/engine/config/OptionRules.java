package io.romancy.engine.config;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.NotificationChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What options may be, each alone and together. Everything that is wrong is found at once, so that one restart mends it. */
final class OptionRules {
    /** What PostgreSQL keeps of an identifier; a channel's name and the prefix share it. */
    private static final int IDENTIFIER_BYTES = 63;

    private static final int PREFIX_LENGTH = IDENTIFIER_BYTES - NotificationChannel.MAX_NAME_LENGTH;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration AGES = Duration.ofDays(36_500);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Problems problems = new Problems();

    private OptionRules() {}

    static void check(
            EngineOptions.Database database,
            EngineOptions.Notifications notify,
            EngineOptions.Polling polling,
            EngineOptions.Worker worker,
            EngineOptions.Outbox outbox,
            EngineOptions.Limits limits) {
        var rules = new OptionRules();
        rules.database(database);
        rules.notifications(notify);
        rules.polling(polling);
        rules.fallback(notify, polling);
        rules.worker(worker);
        rules.outbox(outbox, worker);
        rules.notShorter(notify, "outboxInterval", outbox.interval());
        rules.limits(limits);
        rules.problems.throwIfAny();
    }

    private void database(EngineOptions.Database database) {
        problems.range("poolSize", database.poolSize(), 1, 1000);
        if (database.storage() != null && database.storage().isBlank()) {
            problems.add(
                    "storage = ''",
                    "it names no storage provider",
                    "Take an id such as 'postgres', or leave it out to pick by URL");
        }
        DatabaseUrl url = url("database", database.url());
        if (url == null) {
            return;
        }
        if (url.namesUser() && database.user() != null) {
            problems.add(
                    "user and database",
                    "both name a user, and only one of them would log in",
                    "Leave the user out of one of them");
        }
        if (url.namesPassword() && database.password() != null) {
            problems.add(
                    "password and database",
                    "both hold a password, and only one of them would be used",
                    "Leave the password out of one of them");
        }
    }

    private void notifications(EngineOptions.Notifications notify) {
        problems.range("notifyFallbackInterval", notify.fallbackInterval(), Duration.ofMillis(10), DAY);
        problems.range("notifyReconnectDelay", notify.reconnectDelay(), Duration.ofMillis(100), HOUR);
        String prefix = notify.channelPrefix();
        if (prefix.length() > PREFIX_LENGTH || !prefix.matches("[a-z][a-z0-9_]*")) {
            problems.add(
                    "notifyChannelPrefix = '" + prefix + "'",
                    "with the longest channel name it is no identifier of every database",
                    "Take a lower case letter, then lower case letters, digits and underscores, at most "
                            + PREFIX_LENGTH);
        }
        String listen = notify.url();
        if (listen == null) {
            return;
        }
        url("notifyUrl", listen);
        if (notify.mode() == ListenNotify.FALSE) {
            problems.add(
                    "notifyUrl and listenNotify = FALSE",
                    "nobody would listen at that URL",
                    "Leave notifyUrl out, or set listenNotify to AUTO");
        }
    }

    private void polling(EngineOptions.Polling polling) {
        problems.range("workflowResumptionInterval", polling.workflowResumptionInterval(), Duration.ofMillis(10), HOUR);
        problems.range("timerCheckInterval", polling.timerCheckInterval(), Duration.ofMillis(10), HOUR);
        problems.range("channelTimeoutInterval", polling.channelTimeoutInterval(), Duration.ofMillis(10), HOUR);
        problems.range("maxWorkflowsPerBatch", polling.maxWorkflowsPerBatch(), 1, 10_000);
        problems.range("maxTimersPerBatch", polling.maxTimersPerBatch(), 1, 10_000);
        problems.range("maxMessagesPerBatch", polling.maxMessagesPerBatch(), 1, 10_000);
    }

    /** While notifications are trusted, polls must not be more frequent than without. */
    private void fallback(EngineOptions.Notifications notify, EngineOptions.Polling polling) {
        notShorter(notify, "workflowResumptionInterval", polling.workflowResumptionInterval());
        notShorter(notify, "timerCheckInterval", polling.timerCheckInterval());
        notShorter(notify, "channelTimeoutInterval", polling.channelTimeoutInterval());
    }

    private void notShorter(EngineOptions.Notifications notify, String option, Duration interval) {
        if (notify.fallbackInterval().compareTo(interval) < 0) {
            problems.add(
                    "notifyFallbackInterval = " + notify.fallbackInterval() + " and " + option + " = " + interval,
                    "the engine would poll more often while notifications arrive than while they do not",
                    "Let notifyFallbackInterval be at least as long as " + option);
        }
    }

    private void worker(EngineOptions.Worker worker) {
        problems.range("maxConcurrentWorkflows", worker.maxConcurrentWorkflows(), 1, 1_000_000);
        problems.range("maxParkedWorkflows", worker.maxParkedWorkflows(), 0, 10_000_000);
        problems.range("leaseDuration", worker.leaseDuration(), Duration.ofMillis(100), HOUR);
        problems.range("leaseRenewal", worker.leaseRenewal(), Duration.ofMillis(10), HOUR);
        problems.range("shutdownTimeout", worker.shutdownTimeout(), Duration.ZERO, HOUR);
        if (worker.leaseRenewal().multipliedBy(2).compareTo(worker.leaseDuration()) > 0) {
            problems.add(
                    "leaseRenewal = " + worker.leaseRenewal() + " and leaseDuration = " + worker.leaseDuration(),
                    "one renewal that is late would give all running workflows away",
                    "Let leaseDuration be at least twice leaseRenewal, better three times");
        }
        try {
            Check.name("workerName", worker.name());
        } catch (RomancyException e) {
            problems.add(
                    "workerName = '" + worker.name() + "'",
                    "it cannot be stored as a name",
                    "Take 1 to 255 plain characters");
        }
    }

    private void outbox(EngineOptions.Outbox outbox, EngineOptions.Worker worker) {
        problems.range("outboxInterval", outbox.interval(), Duration.ofMillis(10), HOUR);
        problems.range("maxEventsPerBatch", outbox.maxEventsPerBatch(), 1, 10_000);
        problems.range("outboxConcurrency", outbox.concurrency(), 1, 10_000);
        problems.range("outboxPublishTimeout", outbox.publishTimeout(), Duration.ofMillis(1), HOUR);
        problems.range("outboxRetryDelay", outbox.firstPause(), Duration.ofMillis(1), DAY);
        problems.range("outboxMaxRetryDelay", outbox.longestPause(), Duration.ofMillis(1), DAY);
        Duration age = outbox.maxAge();
        if (age != null) {
            problems.range("outboxMaxAge", age, Duration.ofSeconds(1), AGES);
        }
        Duration retention = outbox.retention();
        if (retention != null) {
            problems.range("outboxRetention", retention, Duration.ofSeconds(1), AGES);
        }
        if (outbox.longestPause().compareTo(outbox.firstPause()) < 0) {
            problems.add(
                    "outboxMaxRetryDelay = " + outbox.longestPause() + " and outboxRetryDelay = " + outbox.firstPause(),
                    "the longest pause between two attempts would be shorter than the first",
                    "Let outboxMaxRetryDelay be at least as long as outboxRetryDelay");
        }
        if (outbox.publishTimeout().compareTo(longestCall(worker.leaseDuration(), worker.leaseRenewal())) > 0) {
            problems.add(
                    "outboxPublishTimeout = " + outbox.publishTimeout() + " and leaseDuration = "
                            + worker.leaseDuration() + " and leaseRenewal = " + worker.leaseRenewal(),
                    "shortly before a renewal the lease would end before the call, so that events would wait for it each time",
                    "Let outboxPublishTimeout be at most four fifths of leaseDuration less leaseRenewal, or lengthen the lease");
        }
    }

    /** What of a lease is left to begin a call in, in the worst moment: the last fifth is not used. */
    static Duration longestCall(Duration lease, Duration renewal) {
        return lease.multipliedBy(4).dividedBy(5).minus(renewal);
    }

    private void limits(EngineOptions.Limits limits) {
        Duration retention = limits.retention();
        if (retention != null) {
            problems.range("retention", retention, Duration.ofSeconds(1), AGES);
        }
        problems.range("maxPayloadBytes", limits.maxPayloadBytes(), 1024, 512 * 1024 * 1024);
    }

    private @Nullable DatabaseUrl url(String option, String value) {
        try {
            return DatabaseUrl.parse(option, value);
        } catch (RomancyException e) {
            problems.add(e);
            return null;
        }
    }
}
