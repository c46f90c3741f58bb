package io.romancy.engine.config;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.StorageSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every option of an engine, known to be good: one that is not is refused with {@code INVALID_OPTION} while this is made. Printing it shows
 * no secret.
 */
public record EngineOptions(
        Database database, Notifications notifications, Polling polling, Worker worker, Outbox outbox, Limits limits) {
    public EngineOptions {
        OptionRules.check(database, notifications, polling, worker, outbox, limits);
    }

    /** All defaults. */
    public static EngineOptions defaults() {
        return new OptionsDraft().judge();
    }

    /** What a storage is opened with. */
    public StorageSettings storageSettings() {
        DatabaseUrl url = DatabaseUrl.parse("database", database.url);
        String listen = notifications.url == null
                ? null
                : DatabaseUrl.parse("notifyUrl", notifications.url).withCredentials();
        return new StorageSettings(
                url.jdbcUrl(),
                database.user == null ? url.user() : database.user,
                database.password == null ? url.password() : database.password,
                database.storage,
                database.autoMigrate,
                notifications.mode,
                listen,
                notifications.reconnectDelay,
                database.poolSize,
                database.properties);
    }

    /**
     * How to reach the database.
     *
     * @param url in any of the forms that {@link DatabaseUrl} knows
     * @param storage the id of the storage provider; null to pick by URL
     * @param properties what belongs to one storage only
     */
    public record Database(
            String url,
            @Nullable String storage,
            @Nullable String user,
            @Nullable String password,
            boolean autoMigrate,
            int poolSize,
            Map<String, String> properties) {
        public Database {
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Database[url=" + DatabaseUrl.mask(url) + ", storage=" + storage + ", user="
                    + (user == null ? null : "..")
                    + ", password=" + (password == null ? null : "..") + ", autoMigrate=" + autoMigrate + ", poolSize="
                    + poolSize
                    + ", properties=" + properties.keySet() + "]";
        }
    }

    /**
     * How hints are sent and heard.
     *
     * @param fallbackInterval the longest time between two polls while notifications are trusted
     * @param url where to listen; null for the database
     * @param reconnectDelay the longest pause between two attempts to listen again
     */
    public record Notifications(
            ListenNotify mode,
            Duration fallbackInterval,
            @Nullable String url,
            String channelPrefix,
            Duration reconnectDelay) {
        @Override
        public String toString() {
            return "Notifications[mode=" + mode + ", fallbackInterval=" + fallbackInterval + ", url="
                    + (url == null ? null : DatabaseUrl.mask(url)) + ", channelPrefix=" + channelPrefix
                    + ", reconnectDelay="
                    + reconnectDelay + "]";
        }
    }

    /** How often, and how much at once, the engine looks without being told. */
    public record Polling(
            Duration workflowResumptionInterval,
            Duration timerCheckInterval,
            Duration channelTimeoutInterval,
            int maxWorkflowsPerBatch,
            int maxTimersPerBatch,
            int maxMessagesPerBatch) {}

    /**
     * How workflows run.
     *
     * @param enabled false for a client, which runs none
     * @param name a label; not the identity
     */
    public record Worker(
            boolean enabled,
            String name,
            int maxConcurrentWorkflows,
            int maxParkedWorkflows,
            Duration leaseDuration,
            Duration leaseRenewal,
            RetryPolicy defaultRetry,
            Duration shutdownTimeout) {}

    /**
     * How events are relayed.
     *
     * @param relaying false if this engine publishes none
     * @param concurrency calls of publishers at once
     * @param publishTimeout how long one call may take
     * @param firstPause after the first failed attempt; doubled by each further one
     * @param maxAge after which an event is given up; null for never
     * @param retention how long published and given-up events are kept; null for ever
     */
    public record Outbox(
            boolean relaying,
            Duration interval,
            int maxEventsPerBatch,
            int concurrency,
            Duration publishTimeout,
            Duration firstPause,
            Duration longestPause,
            @Nullable Duration maxAge,
            @Nullable Duration retention) {}

    /**
     * What keeps the database small.
     *
     * @param retention how long ended instances and old messages are kept; null for ever
     * @param maxPayloadBytes the largest encoded value
     */
    public record Limits(@Nullable Duration retention, int maxPayloadBytes) {}
}
