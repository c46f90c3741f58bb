package io.romancy.api;

import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.api.outbox.Outbox;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationChannel;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine, as an application calls it: from services and from the bodies of steps. Inside a workflow's own code it would act on each
 * replay and is refused with {@code WRONG_PLACE}; there the {@link WorkflowContext} does the same once.
 *
 * <p>Thread-safe. Calls block until the database has answered. What is written is durable when the call returns, unless the calling thread
 * is inside {@link #inTransaction}: then it becomes visible with the commit, or never. Refusals are {@code RomancyException}s with a code.
 */
public interface Romancy extends AutoCloseable {
    /** Begins to configure an engine. Refused with {@code NO_ENGINE} if none is on the class path. */
    static RomancyBuilder builder() {
        return BuilderLookup.find();
    }

    /** Starts an instance under an id that is made up. */
    default <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<I, O>> workflow, I input) {
        return start(workflow, input, StartOptions.auto());
    }

    /** The same by name, in the newest version. */
    default <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowType<I, O> workflow, I input) {
        return start(workflow, input, StartOptions.auto());
    }

    /** Starts an instance; if the id exists with the same workflow and input, that one is meant. */
    <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options);

    /** The same by name, in the newest version. */
    <I extends @Nullable Object, O extends @Nullable Object> WorkflowHandle<O> start(
            WorkflowType<I, O> workflow, I input, StartOptions options);

    /** Starts an instance that takes no input, under an id that is made up. */
    default <O extends @Nullable Object> WorkflowHandle<O> start(Class<? extends Durable<Void, O>> workflow) {
        return start(workflow, StartOptions.auto());
    }

    /** The same by name, in the newest version. */
    default <O extends @Nullable Object> WorkflowHandle<O> start(WorkflowType<Void, O> workflow) {
        return start(workflow, StartOptions.auto());
    }

    /** Starts an instance that takes no input. */
    <O extends @Nullable Object> WorkflowHandle<O> start(
            Class<? extends Durable<Void, O>> workflow, StartOptions options);

    /** The same by name, in the newest version. */
    <O extends @Nullable Object> WorkflowHandle<O> start(WorkflowType<Void, O> workflow, StartOptions options);

    /** A handle to an instance, which need not exist: its methods say so. Asks nobody. */
    InstanceHandle handle(String id);

    /** The same with the type of the result, which a read of the result decodes. */
    <O extends @Nullable Object> WorkflowHandle<O> handle(String id, Class<? extends Durable<?, O>> workflow);

    /** The same by name. */
    <O extends @Nullable Object> WorkflowHandle<O> handle(String id, WorkflowType<?, O> workflow);

    /**
     * Sends a message to one instance. It is kept until the instance receives it. Throws {@code WorkflowNotFoundException} if there is no such
     * instance, and is refused with {@code INSTANCE_ENDED} if it has ended; if the instance ends before the message is delivered, which happens after the
     * commit of a transaction, it is dropped and counted.
     */
    default <T> void send(String id, Mailbox<T> to, T message) {
        send(id, to, message, MessageOptions.none());
    }

    /** The same with a key or headers. */
    <T> void send(String id, Mailbox<T> to, T message, MessageOptions options);

    /** Publishes a message to whoever is subscribed by the time of its commit; for a competing topic also to who subscribes later. */
    default <T> void publish(Topic<T> to, T message) {
        publish(to, message, MessageOptions.none());
    }

    /** The same with a key or headers. */
    <T> void publish(Topic<T> to, T message, MessageOptions options);

    /**
     * Tells handlers and pollers of a channel, here and in every other process, that there is something to look at. Sent after the
     * commit if there is a transaction, never after a rollback. A hint: it may be lost, and never carries data.
     */
    <P> void wake(NotificationChannel<P> channel, P payload);

    /**
     * Instances, newest start first. Read page by page while the stream is consumed, each page as it is then; so a long listing is no
     * picture of one moment, but holds no connection and shows no instance twice. Blocks for each page.
     */
    Stream<WorkflowInfo> list(WorkflowQuery query);

    /**
     * Runs the work in a transaction of the engine's database and commits it. Calls of this object by the same thread join it. What the
     * work throws rolls everything back and is thrown on unchanged. If the calling thread is inside a transaction already, this one or one
     * of the application that is joined, the work becomes part of that: it is committed and rolled back with it, and a failure that is
     * caught outside rolls nothing back by itself.
     */
    <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception;

    /** Events that leave the application together with the change that they tell of. */
    Outbox outbox();

    /** How the engine is doing. Never blocks; works also after the engine was closed. */
    EngineStatus status();

    /** What the engine has counted since it was opened. Never blocks; works also after the engine was closed. */
    EngineMetrics metrics();

    /**
     * Stops taking work and hands over what runs here, after the configured time-out at the latest, whatever is stuck: other workers go on
     * with it at once. Then this is what an engine without a worker is: calls go on being served until {@link #close}, so that a process
     * which is about to stop can answer what it was asked before. There is no way back. Blocks until all is handed over; idempotent.
     */
    void stopWorking();

    /**
     * Stops working, as {@link #stopWorking} does; then refuses calls with {@code CLOSED} and releases everything. Instances are not lost:
     * other workers go on with them, or this one when it is opened again. Steps that end meanwhile may still call. Blocks, in bounded time;
     * idempotent.
     */
    @Override
    void close();
}
