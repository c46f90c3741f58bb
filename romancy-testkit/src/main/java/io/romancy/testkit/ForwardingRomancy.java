package io.romancy.testkit;

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
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationChannel;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Romancy that is another one at each call, so that it outlives the death of a worker. */
abstract sealed class ForwardingRomancy implements Romancy permits TestRomancy, ApplicationRomancy {
    /** Whom the calling thread means now. */
    abstract Romancy romancy();

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options) {
        return romancy().start(workflow, input, options);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowType<I, O> workflow, I input, StartOptions options) {
        return romancy().start(workflow, input, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<Void, O>> workflow, StartOptions options) {
        return romancy().start(workflow, options);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> start(WorkflowType<Void, O> workflow, StartOptions options) {
        return romancy().start(workflow, options);
    }

    @Override
    public InstanceHandle handle(String id) {
        return romancy().handle(id);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, Class<? extends Durable<?, O>> workflow) {
        return romancy().handle(id, workflow);
    }

    @Override
    public <O extends @Nullable Object> WorkflowHandle<O> handle(String id, WorkflowType<?, O> workflow) {
        return romancy().handle(id, workflow);
    }

    @Override
    public <T> void send(String id, Mailbox<T> to, T message, MessageOptions options) {
        romancy().send(id, to, message, options);
    }

    @Override
    public <T> void publish(Topic<T> to, T message, MessageOptions options) {
        romancy().publish(to, message, options);
    }

    @Override
    public <P> void wake(NotificationChannel<P> channel, P payload) {
        romancy().wake(channel, payload);
    }

    @Override
    public Stream<WorkflowInfo> list(WorkflowQuery query) {
        return romancy().list(query);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return romancy().inTransaction(work);
    }

    @Override
    public Outbox outbox() {
        return romancy().outbox();
    }

    @Override
    public EngineMetrics metrics() {
        return romancy().metrics();
    }

    @Override
    public EngineStatus status() {
        return romancy().status();
    }

    @Override
    public void stopWorking() {
        romancy().stopWorking();
    }
}
