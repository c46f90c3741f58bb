package io.romancy.api;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.observe.EngineListener;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Configures an engine. An option that is not set has the default named here. Values are judged at {@link #open}, all of them together.
 * Not thread-safe. Implementations are found by {@code ServiceLoader} and need a public constructor without parameters.
 */
public interface RomancyBuilder {
    /** The database: a JDBC URL, {@code postgres://user:pw@host/db} or {@code file:x.db}. Default: {@code jdbc:sqlite:romancy.db}. */
    RomancyBuilder database(String url);

    /** The id of the storage provider to take, such as {@code postgres}. Default: the one that supports the URL. */
    RomancyBuilder storage(String providerId);

    /** Who logs in. Default: who the URL names. */
    RomancyBuilder user(String user);

    /** The password. Default: the one in the URL. */
    RomancyBuilder password(String password);

    /** An option that only the storage at hand knows; its documentation names them. */
    RomancyBuilder storageProperty(String name, String value);

    /** Connections for queries and for transactions of the application, beside the engine's own few. Default: 10. */
    RomancyBuilder poolSize(int connections);

    /** Whether to apply the schema at start; safe for many workers that start together. Default: yes. */
    RomancyBuilder autoMigrate(boolean migrate);

    /** Whether to use notifications; {@code TRUE} on a storage that has none is a refusal at start. Default: {@code AUTO}. */
    RomancyBuilder listenNotify(ListenNotify mode);

    /** The longest time between two polls while notifications are trusted: the most that a lost one can cost. Default: 30 s. */
    RomancyBuilder notifyFallbackInterval(Duration interval);

    /** Where to listen: a direct URL, past any pooler. Default: the database. */
    RomancyBuilder notifyUrl(String url);

    /** The prefix of the notification channels, for several applications in one database. Default: {@code romancy_}. */
    RomancyBuilder notifyChannelPrefix(String prefix);

    /** The longest pause between two attempts to listen again. Default: 60 s. */
    RomancyBuilder notifyReconnectDelay(Duration delay);

    /** How often to look for workflows that can run and for messages to deliver, without notifications. Default: 1 s. */
    RomancyBuilder workflowResumptionInterval(Duration interval);

    /** How often to look for timers, without notifications. Default: 1 s. */
    RomancyBuilder timerCheckInterval(Duration interval);

    /** How often to look for workflows whose {@code receive} has timed out, without notifications. Default: 5 s. */
    RomancyBuilder channelTimeoutInterval(Duration interval);

    /** The most workflows of one poll. Default: 100. */
    RomancyBuilder maxWorkflowsPerBatch(int rows);

    /** The most timers of one poll. Default: 100. */
    RomancyBuilder maxTimersPerBatch(int rows);

    /** The most messages of one poll, and the most workflows of one for those whose {@code receive} has timed out. Default: 100. */
    RomancyBuilder maxMessagesPerBatch(int rows);

    /** A label for logs and for the database's list of connections. Default: host and process id. */
    RomancyBuilder workerName(String label);

    /** Workflows that run at once; those that wait do not count. Default: 1,000. */
    RomancyBuilder maxConcurrentWorkflows(int workflows);

    /**
     * Waiting workflows whose thread is kept in memory, so that they go on without replay; 0 for none. The one that has been waiting longest
     * makes room. Default: 10,000.
     */
    RomancyBuilder maxParkedWorkflows(int workflows);

    /** How long a worker that is silent still owns its workflows. Default: 15 s. */
    RomancyBuilder leaseDuration(Duration duration);

    /** How often a worker renews its lease. Default: 5 s. */
    RomancyBuilder leaseRenewal(Duration interval);

    /** The policy of steps that have none. Default: {@link RetryPolicy#defaults()}. */
    RomancyBuilder defaultRetry(RetryPolicy policy);

    /**
     * A publisher of events of the outbox, beside those that {@code ServiceLoader} finds. A worker with at least one publisher relays
     * events; it then needs a publisher for every event type.
     */
    RomancyBuilder publisher(OutboxPublisher publisher);

    /** False to publish no events here, whatever publishers there are; adding them works all the same. Default: true. */
    RomancyBuilder outboxRelaying(boolean relay);

    /** How often to look for events to publish, without notifications. Default: 1 s, or the fallback interval if that is shorter. */
    RomancyBuilder outboxInterval(Duration interval);

    /** The most events that wait in memory to be published. Default: 200. */
    RomancyBuilder maxEventsPerBatch(int events);

    /** Calls of publishers at once. Default: 32. */
    RomancyBuilder outboxConcurrency(int calls);

    /**
     * How long one call of a publisher may take; at most four fifths of the lease less the renewal, so that no call outlasts the lease.
     * Default: 5 s, or that if it is shorter.
     */
    RomancyBuilder outboxPublishTimeout(Duration timeout);

    /** The pause after the first failed attempt to publish an event; each further one doubles it. Default: 1 s. */
    RomancyBuilder outboxRetryDelay(Duration delay);

    /** The longest pause between two attempts. Default: 5 min. */
    RomancyBuilder outboxMaxRetryDelay(Duration delay);

    /** The age after which an event that could not be published is given up; null to never give one up. Default: 7 days. */
    RomancyBuilder outboxMaxAge(@Nullable Duration age);

    /** The age after which events that were published or given up are deleted; null to keep them indefinitely. Default: 7 days. */
    RomancyBuilder outboxRetention(@Nullable Duration age);

    /** The longest time that {@link Romancy#close} waits for work to be handed over. Default: 30 s. */
    RomancyBuilder shutdownTimeout(Duration timeout);

    /** The age after which ended instances and old messages are deleted; null to keep them indefinitely. Default: 7 days. */
    RomancyBuilder retention(@Nullable Duration age);

    /** The largest encoded input, result or message, in bytes. Default: 16 MB. */
    RomancyBuilder maxPayloadBytes(int bytes);

    /**
     * False for a client, which starts, sends and asks. It delivers messages, but runs no workflow, relays no events of the outbox, and
     * deletes nothing that is old: some worker has to. Default: true.
     */
    RomancyBuilder worker(boolean worker);

    /**
     * Registers a lambda, in version 1. One object serves all instances, so a class with fields that change is refused; it is registered
     * with a supplier.
     */
    <I extends @Nullable Object, O extends @Nullable Object> RomancyBuilder workflow(
            WorkflowType<I, O> type, Durable<I, O> workflow);

    /** Registers a workflow under a type, in version 1, with a supplier that makes a new object for each activation. */
    <I extends @Nullable Object, O extends @Nullable Object> RomancyBuilder workflow(
            WorkflowType<I, O> type, Supplier<? extends Durable<I, O>> workflow);

    /** Registers a class with {@link Workflow}, with a supplier that makes a new object for each activation. */
    <W extends Durable<?, ?>> RomancyBuilder workflow(Class<W> type, Supplier<? extends W> workflow);

    /** Adds a poller to those that are found by {@code ServiceLoader}. */
    RomancyBuilder poller(Poller poller);

    /** Adds a handler to those that are found by {@code ServiceLoader}. */
    RomancyBuilder handler(NotificationHandler<?> handler);

    /** Adds a listener; several hear in the order in which they were added. */
    RomancyBuilder listener(EngineListener listener);

    /** Looks for storages and plugins with this class loader. Default: the calling thread's. */
    RomancyBuilder classLoader(ClassLoader loader);

    /**
     * Opens the engine: judges the options, connects, migrates if it may, and begins to work. Blocks. What cannot work is refused with a
     * {@code RomancyException} that names the option, and nothing is left open.
     */
    Romancy open();
}
