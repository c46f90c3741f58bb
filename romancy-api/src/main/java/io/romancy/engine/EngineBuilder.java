package io.romancy.engine;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.config.OptionsDraft;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects options, workflows and plugins; {@link Opening} makes an engine of them. Found by ServiceLoader. */
public final class EngineBuilder implements RomancyBuilder {
    private final OptionsDraft options = new OptionsDraft();
    private final WorkflowRegistry.Builder workflows = WorkflowRegistry.builder();
    private final List<Poller> pollers = new ArrayList<>();
    private final List<NotificationHandler<?>> handlers = new ArrayList<>();
    private final List<OutboxPublisher> publishers = new ArrayList<>();
    private final List<EngineListener> listeners = new ArrayList<>();
    private Seams seams = Seams.none();
    private Surroundings surroundings = () -> null;
    private @Nullable ClassLoader loader;

    /** For ServiceLoader. */
    public EngineBuilder() {}

    @Override
    public RomancyBuilder database(String url) {
        options.database(url);
        return this;
    }

    @Override
    public RomancyBuilder storage(String providerId) {
        options.storage(providerId);
        return this;
    }

    @Override
    public RomancyBuilder user(String user) {
        options.user(user);
        return this;
    }

    @Override
    public RomancyBuilder password(String password) {
        options.password(password);
        return this;
    }

    @Override
    public RomancyBuilder storageProperty(String name, String value) {
        options.storageProperty(name, value);
        return this;
    }

    @Override
    public RomancyBuilder poolSize(int connections) {
        options.poolSize(connections);
        return this;
    }

    @Override
    public RomancyBuilder autoMigrate(boolean migrate) {
        options.autoMigrate(migrate);
        return this;
    }

    @Override
    public RomancyBuilder listenNotify(ListenNotify mode) {
        options.listenNotify(mode);
        return this;
    }

    @Override
    public RomancyBuilder notifyFallbackInterval(Duration interval) {
        options.notifyFallbackInterval(interval);
        return this;
    }

    @Override
    public RomancyBuilder notifyUrl(String url) {
        options.notifyUrl(url);
        return this;
    }

    @Override
    public RomancyBuilder notifyChannelPrefix(String prefix) {
        options.notifyChannelPrefix(prefix);
        return this;
    }

    @Override
    public RomancyBuilder notifyReconnectDelay(Duration delay) {
        options.notifyReconnectDelay(delay);
        return this;
    }

    @Override
    public RomancyBuilder workflowResumptionInterval(Duration interval) {
        options.workflowResumptionInterval(interval);
        return this;
    }

    @Override
    public RomancyBuilder timerCheckInterval(Duration interval) {
        options.timerCheckInterval(interval);
        return this;
    }

    @Override
    public RomancyBuilder channelTimeoutInterval(Duration interval) {
        options.channelTimeoutInterval(interval);
        return this;
    }

    @Override
    public RomancyBuilder maxWorkflowsPerBatch(int rows) {
        options.maxWorkflowsPerBatch(rows);
        return this;
    }

    @Override
    public RomancyBuilder maxTimersPerBatch(int rows) {
        options.maxTimersPerBatch(rows);
        return this;
    }

    @Override
    public RomancyBuilder maxMessagesPerBatch(int rows) {
        options.maxMessagesPerBatch(rows);
        return this;
    }

    @Override
    public RomancyBuilder workerName(String label) {
        options.workerName(label);
        return this;
    }

    @Override
    public RomancyBuilder maxConcurrentWorkflows(int workflows) {
        options.maxConcurrentWorkflows(workflows);
        return this;
    }

    @Override
    public RomancyBuilder maxParkedWorkflows(int workflows) {
        options.maxParkedWorkflows(workflows);
        return this;
    }

    @Override
    public RomancyBuilder leaseDuration(Duration duration) {
        options.leaseDuration(duration);
        return this;
    }

    @Override
    public RomancyBuilder leaseRenewal(Duration interval) {
        options.leaseRenewal(interval);
        return this;
    }

    @Override
    public RomancyBuilder defaultRetry(RetryPolicy policy) {
        options.defaultRetry(policy);
        return this;
    }

    @Override
    public RomancyBuilder shutdownTimeout(Duration timeout) {
        options.shutdownTimeout(timeout);
        return this;
    }

    @Override
    public RomancyBuilder retention(@Nullable Duration age) {
        options.retention(age);
        return this;
    }

    @Override
    public RomancyBuilder outboxRelaying(boolean relay) {
        options.outboxRelaying(relay);
        return this;
    }

    @Override
    public RomancyBuilder outboxInterval(Duration interval) {
        options.outboxInterval(interval);
        return this;
    }

    @Override
    public RomancyBuilder maxEventsPerBatch(int events) {
        options.maxEventsPerBatch(events);
        return this;
    }

    @Override
    public RomancyBuilder outboxConcurrency(int calls) {
        options.outboxConcurrency(calls);
        return this;
    }

    @Override
    public RomancyBuilder outboxPublishTimeout(Duration timeout) {
        options.outboxPublishTimeout(timeout);
        return this;
    }

    @Override
    public RomancyBuilder outboxRetryDelay(Duration delay) {
        options.outboxRetryDelay(delay);
        return this;
    }

    @Override
    public RomancyBuilder outboxMaxRetryDelay(Duration delay) {
        options.outboxMaxRetryDelay(delay);
        return this;
    }

    @Override
    public RomancyBuilder outboxMaxAge(@Nullable Duration age) {
        options.outboxMaxAge(age);
        return this;
    }

    @Override
    public RomancyBuilder outboxRetention(@Nullable Duration age) {
        options.outboxRetention(age);
        return this;
    }

    @Override
    public RomancyBuilder publisher(OutboxPublisher publisher) {
        publishers.add(publisher);
        return this;
    }

    @Override
    public RomancyBuilder maxPayloadBytes(int bytes) {
        options.maxPayloadBytes(bytes);
        return this;
    }

    @Override
    public RomancyBuilder worker(boolean worker) {
        options.worker(worker);
        return this;
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RomancyBuilder workflow(
            WorkflowType<I, O> type, Durable<I, O> workflow) {
        workflows.add(type, workflow);
        return this;
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RomancyBuilder workflow(
            WorkflowType<I, O> type, Supplier<? extends Durable<I, O>> workflow) {
        workflows.add(type, workflow);
        return this;
    }

    @Override
    public <W extends Durable<?, ?>> RomancyBuilder workflow(Class<W> type, Supplier<? extends W> workflow) {
        workflows.add(type, workflow);
        return this;
    }

    /** Registers a class of workflows whose objects, and those in their fields, are beans that somebody intercepts. */
    public <W extends Durable<?, ?>> EngineBuilder workflowBean(Class<W> type, Supplier<? extends W> workflow) {
        workflows.addBean(type, workflow);
        return this;
    }

    @Override
    public RomancyBuilder poller(Poller poller) {
        pollers.add(poller);
        return this;
    }

    @Override
    public RomancyBuilder handler(NotificationHandler<?> handler) {
        handlers.add(handler);
        return this;
    }

    @Override
    public RomancyBuilder listener(EngineListener listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public RomancyBuilder classLoader(ClassLoader classes) {
        loader = classes;
        return this;
    }

    /** Takes time, randomness and threads from elsewhere: for tests and simulations. */
    public EngineBuilder environment(Environment world) {
        seams = seams.with(world);
        return this;
    }

    /** Comes between the engine and the bodies of steps: for tests and simulations. */
    public EngineBuilder steps(StepInterceptor interceptor) {
        seams = seams.with(interceptor);
        return this;
    }

    /** Follows what the engine does: for traces and meters. */
    public EngineBuilder observer(Observer observer) {
        seams = seams.with(observer);
        return this;
    }

    /** Opens the database with this provider, without a look at those on the class path: for tests and simulations. */
    public EngineBuilder storage(StorageProvider provider) {
        seams = seams.with(provider);
        return this;
    }

    /** Hands over, once the engine is open, what lets all of its pollers look at once: for tests that move the clock. */
    public EngineBuilder sweep(Consumer<Runnable> taker) {
        seams = seams.with(taker);
        return this;
    }

    /** Joins transactions that somebody else opens on the engine's database. */
    public EngineBuilder surroundings(Surroundings others) {
        surroundings = others;
        return this;
    }

    @Override
    public Romancy open() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader found = loader != null ? loader : context != null ? context : EngineBuilder.class.getClassLoader();
        return new Opening(
                        seams,
                        options.judge(),
                        workflows.build(),
                        pollers,
                        handlers,
                        publishers,
                        listeners,
                        surroundings,
                        found)
                .open();
    }
}
