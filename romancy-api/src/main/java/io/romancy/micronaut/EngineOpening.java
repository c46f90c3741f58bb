package io.romancy.micronaut;

import io.micronaut.core.convert.ConversionService;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.EngineBuilder;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.poll.Poller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the engine with what the application configured, and with the plugins that are its beans. */
@Singleton
final class EngineOpening {
    private static final String FOREVER = "forever";

    private final RomancyConfiguration options;
    private final WorkerConfiguration worker;
    private final RetryConfiguration retry;
    private final ApplicationDatabase database;
    private final WorkflowBeans workflows;
    private final List<Poller> pollers;
    private final List<NotificationHandler<?>> handlers;
    private final List<EngineListener> listeners;
    private final ConversionService conversion;

    EngineOpening(
            RomancyConfiguration options,
            WorkerConfiguration worker,
            RetryConfiguration retry,
            ApplicationDatabase database,
            WorkflowBeans workflows,
            List<Poller> pollers,
            List<NotificationHandler<?>> handlers,
            List<EngineListener> listeners,
            ConversionService conversion) {
        this.options = options;
        this.worker = worker;
        this.retry = retry;
        this.database = database;
        this.workflows = workflows;
        this.pollers = pollers;
        this.handlers = handlers;
        this.listeners = listeners;
        this.conversion = conversion;
    }

    Romancy open() {
        var builder = new EngineBuilder();
        connect(builder);
        notify(builder);
        poll(builder);
        work(builder);
        workflows.register(builder);
        pollers.forEach(builder::poller);
        handlers.forEach(builder::handler);
        listeners.forEach(builder::listener);
        builder.surrounding(database::transaction);
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
            options.storageProperties().forEach(builder::storageProperty);
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
            builder.retention(retention(options.retention()));
        }
        builder.defaultRetry(defaultRetry());
    }

    private RetryPolicy defaultRetry() {
        try {
            return retry.policy();
        } catch (RomancyException e) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "The options under " + OptionKeys.key("defaultRetry") + " are refused. " + e.getMessage(),
                    e);
        }
    }

    private @Nullable Duration retention(String written) {
        if (written.equalsIgnoreCase(FOREVER)) {
            return null;
        }
        return conversion
                .convert(written, Duration.class)
                .orElseThrow(() -> new RomancyException(
                        ErrorCode.INVALID_OPTION,
                        "Option " + OptionKeys.key("retention") + " = " + written
                                + " is refused: it is no time. Take a time such as 7d, or '" + FOREVER + "'."));
    }

    private static <T> void set(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
