package io.romancy.engine;

import io.romancy.api.Durable;
import io.romancy.api.EngineStatus;
import io.romancy.api.InstanceHandle;
import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.WorkflowQuery;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.api.outbox.Outbox;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.replay.ThreadGuard;
import io.romancy.engine.seam.Mutex;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.NotificationChannel;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as an application sees it: checks whether a call may be made here and now, and passes it on. */
final class Engine implements Romancy {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final String START_IN_WORKFLOW = "Use ctx.start, or start it in a step.";
    private static final String SEND_IN_WORKFLOW = "Use ctx.send or ctx.publish, or do it in a step.";

    private final Parts parts;
    private final Joined joined;
    private final Starts starts;
    private final Messages messages;
    private final Instances instances;
    private final Events events;
    private final Mutex end;
    private volatile @Nullable Thread closer;
    private volatile EngineStatus.Phase phase = EngineStatus.Phase.OPEN;

    Engine(Parts parts, Surroundings surroundings) {
        this.parts = parts;
        this.end = new Mutex(parts.environment);
        this.joined = new Joined(parts.storage, surroundings);
        this.starts = new Starts(parts, joined);
        this.messages = new Messages(parts, joined);
        this.instances = new Instances(parts, joined, messages, this::require);
        this.events = new Events(parts, joined, this::require);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options) {
        return start(parts.workflows.definition(workflow), input, options);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowType<I, O> workflow, I input, StartOptions options) {
        return start(parts.workflows.definition(workflow), input, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<Void, O>> workflow, StartOptions options) {
        return start(parts.workflows.definition(workflow), null, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(WorkflowType<Void, O> workflow, StartOptions options) {
        return start(parts.workflows.definition(workflow), null, options);
    }

    private <O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowDefinition definition, @Nullable Object input, StartOptions options) {
        require("Romancy.start", START_IN_WORKFLOW);
        Starts.Started started = starts.start(definition, input, options);
        return new Handle<>(started.id(), definition.output(), started.ending(), instances);
    }

    @Override
    public InstanceHandle handle(String id) {
        return new Handle<>(Check.name("Instance id", id), Object.class, null, instances);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, Class<? extends Durable<?, O>> workflow) {
        return handle(id, parts.workflows.definition(workflow));
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, WorkflowType<?, O> workflow) {
        return handle(id, parts.workflows.definition(workflow));
    }

    private <O extends @Nullable Object> WorkflowHandle<O> handle(String id, WorkflowDefinition definition) {
        return new Handle<>(Check.name("Instance id", id), definition.output(), null, instances);
    }

    @Override
    public <T> void send(String id, Mailbox<T> to, T message, MessageOptions options) {
        require("Romancy.send", SEND_IN_WORKFLOW);
        messages.send(id, to, message, options);
    }

    @Override
    public <T> void publish(Topic<T> to, T message, MessageOptions options) {
        require("Romancy.publish", SEND_IN_WORKFLOW);
        messages.publish(to, message, options);
    }

    @Override
    public <P> void wake(NotificationChannel<P> channel, P payload) {
        require("Romancy.wake", "Do it in a step.");
        var transaction = joined.current();
        if (transaction == null) {
            parts.wake(channel, payload);
        } else {
            transaction.afterCommit(() -> parts.wake(channel, payload));
        }
    }

    @Override
    public Stream<WorkflowInfo> list(WorkflowQuery query) {
        require("Romancy.list", "Do it in a step.");
        return instances.list(query);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        require("Romancy.inTransaction", "Do it in a step.");
        return joined.run(work);
    }

    @Override
    public Outbox outbox() {
        return events;
    }

    @Override
    public EngineStatus status() {
        var worker = parts.worker;
        var heard = parts.listener.stats();
        return new EngineStatus(
                phase,
                parts.options.worker().name(),
                worker == null ? null : worker.node(),
                parts.storage.description(),
                heard.state(),
                heard.detail(),
                worker == null ? 0 : worker.running(),
                worker == null ? 0 : worker.parked(),
                worker == null || worker.leaseIsSafe());
    }

    @Override
    public EngineMetrics metrics() {
        return Metrics.of(parts);
    }

    /** Says once which waiting work this worker has no code for: a forgotten registration looks like this. */
    void reportUnserved() {
        try {
            warnOfUnserved();
        } catch (StorageException e) {
            // the engine works already, and a report is no reason to open none
            LOG.warn("Whether instances wait for workflows that are not registered here could not be asked", e);
        }
    }

    private void warnOfUnserved() {
        if (parts.worker != null) {
            var unserved = parts.storage.instances().activeRoutes().stream()
                    .filter(route -> !parts.workflows.routes().contains(route))
                    .map(Route::text)
                    .sorted()
                    .toList();
            if (!unserved.isEmpty()) {
                LOG.warn(
                        "Instances of {} wait in the database, and this worker has no such workflow. Another one must, or they wait"
                                + " for ever; register it here if it was forgotten. registered={}",
                        unserved,
                        parts.workflows.routes());
            }
        }
    }

    private void require(String call, String remedy) {
        ThreadGuard.refuseInWorkflow(call, remedy);
        if (phase == EngineStatus.Phase.CLOSED) {
            throw new RomancyException(
                    ErrorCode.CLOSED, call + " was called, but the engine is closed. Open another one.");
        }
    }

    @Override
    public void stopWorking() {
        ending(this::handOver);
    }

    @Override
    public void close() {
        ending(() -> {
            handOver();
            if (phase != EngineStatus.Phase.CLOSED) {
                closeRest();
            }
        });
    }

    /** A second caller waits for the first one: it may be about to close what the engine lives on. */
    private void ending(Runnable action) {
        if (!Thread.currentThread().equals(closer)) {
            end.alone(() -> {
                closer = Thread.currentThread();
                try {
                    action.run();
                } finally {
                    closer = null;
                }
                return phase;
            });
        }
    }

    /** What finishes here meanwhile, such as a step, and who is served by this process, may still call. */
    private void handOver() {
        if (phase == EngineStatus.Phase.OPEN) {
            parts.takeNothing();
            phase = EngineStatus.Phase.CLOSING;
            parts.handOver();
        }
    }

    private void closeRest() {
        phase = EngineStatus.Phase.CLOSED;
        parts.close();
        LOG.info(
                "Romancy {} {} is closed",
                parts.worker == null ? "client" : "worker",
                parts.options.worker().name());
    }
}
