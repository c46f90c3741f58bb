package io.romancy.engine.config;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.ListenNotify;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options while they are collected, each at its default until it is set; names and meanings as in {@code RomancyBuilder}. Judges nothing
 * before {@link #judge}, so that the order of calls does not matter. Not thread-safe.
 */
public final class OptionsDraft {
    private String database = "jdbc:sqlite:romancy.db";
    private @Nullable String storage;
    private @Nullable String user;
    private @Nullable String password;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int poolSize = 10;
    private boolean autoMigrate = true;
    private ListenNotify listenNotify = ListenNotify.AUTO;
    private Duration notifyFallbackInterval = Duration.ofSeconds(30);
    private @Nullable String notifyUrl;
    private String notifyChannelPrefix = "romancy_";
    private Duration notifyReconnectDelay = Duration.ofSeconds(60);
    private Duration workflowResumptionInterval = Duration.ofSeconds(1);
    private Duration timerCheckInterval = Duration.ofSeconds(1);
    private Duration channelTimeoutInterval = Duration.ofSeconds(5);
    private int maxWorkflowsPerBatch = 100;
    private int maxTimersPerBatch = 100;
    private int maxMessagesPerBatch = 100;
    private @Nullable String workerName;
    private int maxConcurrentWorkflows = 1_000;
    private int maxParkedWorkflows = 10_000;
    private Duration leaseDuration = Duration.ofSeconds(15);
    private Duration leaseRenewal = Duration.ofSeconds(5);
    private RetryPolicy defaultRetry = RetryPolicy.defaults();
    private Duration shutdownTimeout = Duration.ofSeconds(30);
    private @Nullable Duration retention = Duration.ofDays(7);
    private int maxPayloadBytes = 16 * 1024 * 1024;
    private boolean outboxRelaying = true;
    private @Nullable Duration outboxInterval;
    private int maxEventsPerBatch = 200;
    private int outboxConcurrency = 32;
    private @Nullable Duration outboxPublishTimeout;
    private Duration outboxRetryDelay = Duration.ofSeconds(1);
    private Duration outboxMaxRetryDelay = Duration.ofMinutes(5);
    private @Nullable Duration outboxMaxAge = Duration.ofDays(7);
    private @Nullable Duration outboxRetention = Duration.ofDays(7);
    private boolean worker = true;

    /** The options, if they are good; else {@code INVALID_OPTION} with everything that is wrong. */
    public EngineOptions judge() {
        return new EngineOptions(
                new EngineOptions.Database(database, storage, user, password, autoMigrate, poolSize, properties),
                new EngineOptions.Notifications(
                        listenNotify, notifyFallbackInterval, notifyUrl, notifyChannelPrefix, notifyReconnectDelay),
                new EngineOptions.Polling(
                        workflowResumptionInterval,
                        timerCheckInterval,
                        channelTimeoutInterval,
                        maxWorkflowsPerBatch,
                        maxTimersPerBatch,
                        maxMessagesPerBatch),
                new EngineOptions.Worker(
                        worker,
                        workerName == null ? WorkerName.ofThisProcess() : workerName,
                        maxConcurrentWorkflows,
                        maxParkedWorkflows,
                        leaseDuration,
                        leaseRenewal,
                        defaultRetry,
                        shutdownTimeout),
                new EngineOptions.Outbox(
                        outboxRelaying,
                        outboxInterval == null
                                ? shorter(Duration.ofSeconds(1), notifyFallbackInterval)
                                : outboxInterval,
                        maxEventsPerBatch,
                        outboxConcurrency,
                        outboxPublishTimeout == null
                                ? publishTimeoutFor(leaseDuration, leaseRenewal)
                                : outboxPublishTimeout,
                        outboxRetryDelay,
                        outboxMaxRetryDelay,
                        outboxMaxAge,
                        outboxRetention),
                new EngineOptions.Limits(retention, maxPayloadBytes));
    }

    public OptionsDraft storageProperty(String name, String value) {
        properties.put(name, value);
        return this;
    }

    public OptionsDraft database(String value) {
        database = value;
        return this;
    }

    public OptionsDraft storage(String value) {
        storage = value;
        return this;
    }

    public OptionsDraft user(String value) {
        user = value;
        return this;
    }

    public OptionsDraft password(String value) {
        password = value;
        return this;
    }

    public OptionsDraft poolSize(int value) {
        poolSize = value;
        return this;
    }

    public OptionsDraft autoMigrate(boolean value) {
        autoMigrate = value;
        return this;
    }

    public OptionsDraft listenNotify(ListenNotify value) {
        listenNotify = value;
        return this;
    }

    public OptionsDraft notifyFallbackInterval(Duration value) {
        notifyFallbackInterval = value;
        return this;
    }

    public OptionsDraft notifyUrl(String value) {
        notifyUrl = value;
        return this;
    }

    public OptionsDraft notifyChannelPrefix(String value) {
        notifyChannelPrefix = value;
        return this;
    }

    public OptionsDraft notifyReconnectDelay(Duration value) {
        notifyReconnectDelay = value;
        return this;
    }

    public OptionsDraft workflowResumptionInterval(Duration value) {
        workflowResumptionInterval = value;
        return this;
    }

    public OptionsDraft timerCheckInterval(Duration value) {
        timerCheckInterval = value;
        return this;
    }

    public OptionsDraft channelTimeoutInterval(Duration value) {
        channelTimeoutInterval = value;
        return this;
    }

    public OptionsDraft maxWorkflowsPerBatch(int value) {
        maxWorkflowsPerBatch = value;
        return this;
    }

    public OptionsDraft maxTimersPerBatch(int value) {
        maxTimersPerBatch = value;
        return this;
    }

    public OptionsDraft maxMessagesPerBatch(int value) {
        maxMessagesPerBatch = value;
        return this;
    }

    public OptionsDraft workerName(String value) {
        workerName = value;
        return this;
    }

    public OptionsDraft maxConcurrentWorkflows(int value) {
        maxConcurrentWorkflows = value;
        return this;
    }

    public OptionsDraft maxParkedWorkflows(int value) {
        maxParkedWorkflows = value;
        return this;
    }

    public OptionsDraft leaseDuration(Duration value) {
        leaseDuration = value;
        return this;
    }

    public OptionsDraft leaseRenewal(Duration value) {
        leaseRenewal = value;
        return this;
    }

    public OptionsDraft defaultRetry(RetryPolicy value) {
        defaultRetry = value;
        return this;
    }

    public OptionsDraft shutdownTimeout(Duration value) {
        shutdownTimeout = value;
        return this;
    }

    public OptionsDraft retention(@Nullable Duration value) {
        retention = value;
        return this;
    }

    public OptionsDraft maxPayloadBytes(int value) {
        maxPayloadBytes = value;
        return this;
    }

    public OptionsDraft worker(boolean value) {
        worker = value;
        return this;
    }

    public OptionsDraft outboxRelaying(boolean value) {
        outboxRelaying = value;
        return this;
    }

    public OptionsDraft outboxInterval(Duration value) {
        outboxInterval = value;
        return this;
    }

    public OptionsDraft maxEventsPerBatch(int value) {
        maxEventsPerBatch = value;
        return this;
    }

    public OptionsDraft outboxConcurrency(int value) {
        outboxConcurrency = value;
        return this;
    }

    public OptionsDraft outboxPublishTimeout(Duration value) {
        outboxPublishTimeout = value;
        return this;
    }

    public OptionsDraft outboxRetryDelay(Duration value) {
        outboxRetryDelay = value;
        return this;
    }

    public OptionsDraft outboxMaxRetryDelay(Duration value) {
        outboxMaxRetryDelay = value;
        return this;
    }

    public OptionsDraft outboxMaxAge(@Nullable Duration value) {
        outboxMaxAge = value;
        return this;
    }

    public OptionsDraft outboxRetention(@Nullable Duration value) {
        outboxRetention = value;
        return this;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Five seconds, or what a short lease allows; a lease that allows nothing is refused for its own reason. */
    private static Duration publishTimeoutFor(Duration lease, Duration renewal) {
        Duration longest = OptionRules.longestCall(lease, renewal);
        Duration usual = Duration.ofSeconds(5);
        boolean usable = longest.compareTo(Duration.ofMillis(1)) >= 0;
        return usable && longest.compareTo(usual) < 0 ? longest : usual;
    }
}
