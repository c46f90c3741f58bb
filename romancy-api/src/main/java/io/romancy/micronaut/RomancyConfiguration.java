package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.convert.format.MapFormat;
import io.romancy.spi.ListenNotify;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of the engine, as {@code RomancyBuilder} describes them; what is null has the default named there. They are judged when the
 * engine is opened, all of them together. Printing it shows no secret.
 *
 * @param enabled false leaves Romancy out of the application. Default: true
 * @param datasource the name of the application's datasource on the same database, whose transactions the engine joins; the engine
 *     connects to that datasource's URL by connections of its own, unless {@code database} says where. Default: none, nothing is joined
 * @param database the database: a JDBC URL, {@code postgres://user:pw@host/db} or {@code file:x.db}. Default: {@code jdbc:sqlite:romancy.db}
 * @param storage the id of the storage provider to take, such as {@code postgres}. Default: the one that supports the URL
 * @param user who logs in. Default: who the URL names
 * @param password the password. Default: the one in the URL
 * @param storageProperties options that only the storage at hand knows, by their names
 * @param poolSize connections for queries and for transactions of the application, beside the engine's own few. Default: 10
 * @param autoMigrate whether to apply the schema at start; safe for many workers that start together. Default: true
 * @param listenNotify {@code auto}, {@code true} or {@code false}; {@code true} on a storage that has none is a refusal at start.
 *     Default: {@code auto}
 * @param notifyFallbackInterval the longest time between two polls while notifications are trusted: the most that a lost one can cost.
 *     While they are known not to arrive, the shorter intervals hold. Default: 30 s
 * @param notifyUrl where to listen: a direct URL, past any pooler. Default: the database
 * @param notifyChannelPrefix the prefix of the notification channels, for several applications in one database. Default: {@code romancy_}
 * @param notifyReconnectDelay the longest pause between two attempts to listen again. Default: 60 s
 * @param workflowResumptionInterval how often to look for workflows that can run and for messages to deliver, without notifications.
 *     Default: 1 s
 * @param timerCheckInterval how often to look for timers, without notifications. Default: 1 s
 * @param channelTimeoutInterval how often to look for workflows whose {@code receive} has timed out, without notifications. Default: 5 s
 * @param maxWorkflowsPerBatch the most workflows of one poll. Default: 100
 * @param maxTimersPerBatch the most timers of one poll. Default: 100
 * @param maxMessagesPerBatch the most messages of one poll, and the most workflows of one for those whose {@code receive} has timed out.
 *     Default: 100
 * @param workerName a label for logs and for the database's list of connections. Default: host and process id
 * @param maxConcurrentWorkflows workflows that run at once; those that wait do not count. Default: 1,000
 * @param maxParkedWorkflows waiting workflows whose thread is kept in memory, so that they go on without replay; 0 for none.
 *     The one that has been waiting longest makes room. Default: 10,000
 * @param leaseDuration how long a worker that is silent still owns its workflows. Default: 15 s
 * @param leaseRenewal how often a worker renews its lease. Default: 5 s
 * @param shutdownTimeout the longest time that closing waits for work to be handed over. Default: 30 s
 * @param retention the age after which ended instances and old messages are deleted; {@code forever} to keep them indefinitely.
 *     Default: 7 days
 * @param maxPayloadBytes the largest encoded input, result or message, in bytes. Default: 16 MB
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX)
public record RomancyConfiguration(
        @Nullable Boolean enabled,
        @Nullable String datasource,
        @Nullable String database,
        @Nullable String storage,
        @Nullable String user,
        @Nullable String password,

        @Nullable @MapFormat(transformation = MapFormat.MapTransformation.FLAT)
        Map<String, String> storageProperties,

        @Nullable Integer poolSize,
        @Nullable Boolean autoMigrate,
        @Nullable ListenNotify listenNotify,
        @Nullable Duration notifyFallbackInterval,
        @Nullable String notifyUrl,
        @Nullable String notifyChannelPrefix,
        @Nullable Duration notifyReconnectDelay,
        @Nullable Duration workflowResumptionInterval,
        @Nullable Duration timerCheckInterval,
        @Nullable Duration channelTimeoutInterval,
        @Nullable Integer maxWorkflowsPerBatch,
        @Nullable Integer maxTimersPerBatch,
        @Nullable Integer maxMessagesPerBatch,
        @Nullable String workerName,
        @Nullable Integer maxConcurrentWorkflows,
        @Nullable Integer maxParkedWorkflows,
        @Nullable Duration leaseDuration,
        @Nullable Duration leaseRenewal,
        @Nullable Duration shutdownTimeout,
        @Nullable String retention,
        @Nullable Integer maxPayloadBytes) {
    /** Where all options of Romancy lie. */
    public static final String PREFIX = "romancy";

    @Override
    public String toString() {
        return "RomancyConfiguration[datasource=" + datasource + ", workerName=" + workerName + ", ..]";
    }
}
