package io.romancy.micronaut;

import io.micronaut.context.BeanContext;
import io.micronaut.core.convert.ConversionService;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.engine.EngineBuilder;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the engine with what the application configured, and with the plugins that are its beans. */
@Singleton
final class EngineOpening {
    private static final String FOREVER = "forever";
    private static final String NEVER = "never";

    private final RomancyConfiguration options;
    private final WorkerConfiguration worker;
    private final RetryConfiguration retry;
    private final OutboxConfiguration outbox;
    private final ConfigurationKeys keys;
    private final ApplicationDatabase database;
    private final WorkflowBeans workflows;
    private final ActivityBeans activities;
    private final OpenEngine engine;
    private final BeanContext beans;
    private final ConversionService conversion;

    /** For the one thread that opens it. */
    private boolean isOpening;

    EngineOpening(
            RomancyConfiguration options,
            WorkerConfiguration worker,
            RetryConfiguration retry,
            OutboxConfiguration outbox,
            ConfigurationKeys keys,
            ApplicationDatabase database,
            WorkflowBeans workflows,
            ActivityBeans activities,
            OpenEngine engine,
            BeanContext beans,
            ConversionService conversion) {
        this.options = options;
        this.worker = worker;
        this.retry = retry;
        this.outbox = outbox;
        this.keys = keys;
        this.database = database;
        this.workflows = workflows;
        this.activities = activities;
        this.engine = engine;
        this.beans = beans;
        this.conversion = conversion;
    }

    Romancy open() {
        if (isOpening) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "Romancy was asked for by a bean that the engine is being opened with, so that neither can be there"
                            + " before the other. Let the bean take a BeanProvider<Romancy>, or a BeanProvider<Outbox>, and"
                            + " ask that when it is called.");
        }
        isOpening = true;
        try {
            Romancy opened = beans.getBean(PluginBeans.class).inPlaceOf(openFurther());
            engine.opened(opened);
            return opened;
        } finally {
            isOpening = false;
        }
    }

    /** One of its kind: nobody in the application gets to know it. */
    Romancy openFurther() {
        keys.check();
        activities.check();
        var builder = new EngineBuilder();
        connect(builder);
        notify(builder);
        poll(builder);
        work(builder);
        relay(builder);
        workflows.register(builder);
        builder.surroundings(database);
        beans.getBean(PluginBeans.class).into(builder); // not injected: see isOpening
        try {
            return builder.open();
        } catch (RomancyException e) {
            throw OptionKeys.inConfiguration(e);
        }
    }

    private void connect(RomancyBuilder builder) {
        database.login(options).into(builder);
        set(options.storage(), builder::storage);
        if (options.storageProperties() != null) {
            StorageProperties.byName(options.storageProperties()).forEach(builder::storageProperty);
        }
        set(options.poolSize(), builder::poolSize);
        set(options.autoMigrate(), builder::autoMigrate);
    }

    private void notify(RomancyBuilder builder) {
        set(options.listenNotify(), builder::listenNotify);
        set(options.notifyFallbackInterval(), builder::notifyFallbackInterval);
        set(options.notifyUrl(), builder::notifyUrl);
        set(options.notifyChannelPrefix(), builder::notifyChannelPrefix);
        set(options.notifyReconnectDelay(), builder::notifyReconnectDelay);
    }

    private void poll(RomancyBuilder builder) {
        set(options.workflowResumptionInterval(), builder::workflowResumptionInterval);
        set(options.timerCheckInterval(), builder::timerCheckInterval);
        set(options.channelTimeoutInterval(), builder::channelTimeoutInterval);
        set(options.maxWorkflowsPerBatch(), builder::maxWorkflowsPerBatch);
        set(options.maxTimersPerBatch(), builder::maxTimersPerBatch);
        set(options.maxMessagesPerBatch(), builder::maxMessagesPerBatch);
    }

    private void work(RomancyBuilder builder) {
        set(worker.enabled(), builder::worker);
        set(options.workerName(), builder::workerName);
        set(options.maxConcurrentWorkflows(), builder::maxConcurrentWorkflows);
        set(options.maxParkedWorkflows(), builder::maxParkedWorkflows);
        set(options.leaseDuration(), builder::leaseDuration);
        set(options.leaseRenewal(), builder::leaseRenewal);
        set(options.shutdownTimeout(), builder::shutdownTimeout);
        set(options.maxPayloadBytes(), builder::maxPayloadBytes);
        if (options.retention() != null) {
            builder.retention(age("retention", options.retention(), FOREVER));
        }
        builder.defaultRetry(retry.policy());
    }

    private void relay(RomancyBuilder builder) {
        set(outbox.enabled(), builder::outboxRelaying);
        set(outbox.interval(), builder::outboxInterval);
        set(outbox.maxEventsPerBatch(), builder::maxEventsPerBatch);
        set(outbox.concurrency(), builder::outboxConcurrency);
        set(outbox.publishTimeout(), builder::outboxPublishTimeout);
        set(outbox.retryDelay(), builder::outboxRetryDelay);
        set(outbox.maxRetryDelay(), builder::outboxMaxRetryDelay);
        if (outbox.maxAge() != null) {
            builder.outboxMaxAge(age("outboxMaxAge", outbox.maxAge(), NEVER));
        }
        if (outbox.retention() != null) {
            builder.outboxRetention(age("outboxRetention", outbox.retention(), FOREVER));
        }
    }

    /** A time, or null where the word for having no end is written. */
    private @Nullable Duration age(String option, String written, String endless) {
        if (written.equalsIgnoreCase(endless)) {
            return null;
        }
        return conversion
                .convert(written, Duration.class)
                .orElseThrow(() -> new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        "Option " + OptionKeys.key(option) + " = " + written
                                + " is refused: it is no time. Take a time such as 7d, or '" + endless + "'."));
    }

    private static <T> void set(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
