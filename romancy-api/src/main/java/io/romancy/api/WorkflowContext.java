package io.romancy.api;

import io.romancy.api.channel.Channel;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.ReceivedMessage;
import io.romancy.api.channel.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a workflow does with the world. Each operation is recorded once, however often the code is replayed, and the order of operations
 * must be the same each time.
 *
 * <p>Only the workflow's own thread may call it, and not while a step's body runs; elsewhere it is refused with {@code WRONG_PLACE}. A
 * workflow that waits may be unwound with an {@code Error} and go on later, on another machine. A cancellation unwinds it in the same way, at
 * its next operation. The {@code Error} must pass: {@code finally} blocks run, and every later call here throws it again.
 */
public interface WorkflowContext {
    /** What is known about this instance. */
    RunInfo info();

    /** The database's time of the last record that the code has passed, or of the start; costs nothing and stands still in between. */
    Instant now();

    /** Random numbers, the same in every replay. */
    RandomGenerator random();

    /** A random id, the same in every replay. */
    UUID uuid();

    /** A log for workflow code; silent while the code is replayed. */
    Logger log();

    /** Waits this long by the database's clock; no longer than a moment if it is zero or negative. */
    void sleep(Duration time);

    /** Waits until this time by the database's clock; no longer than a moment if it is past. */
    void sleepUntil(Instant time);

    /** Waits for the next message of a channel. A topic must be subscribed before: else {@code NOT_SUBSCRIBED}. */
    default <T> T receive(Channel<T> channel) {
        return receiveMessage(channel).value();
    }

    /** Waits for the next message, at most this long; empty if none came. Zero or less looks once. */
    default <T> Optional<T> receive(Channel<T> channel, Duration atMost) {
        return receiveMessage(channel, atMost).map(ReceivedMessage::value);
    }

    /** The same as {@link #receive(Channel)}, with what is known about the message. */
    <T> ReceivedMessage<T> receiveMessage(Channel<T> channel);

    /** The same as {@link #receive(Channel, Duration)}, with what is known about the message. */
    <T> Optional<ReceivedMessage<T>> receiveMessage(Channel<T> channel, Duration atMost);

    /** Subscribes to a topic: messages published from here on are kept for this instance until it receives them or ends. */
    void subscribe(Topic<?> topic);

    /** Ends a subscription; what a competing topic kept for this instance goes back to the others. */
    void unsubscribe(Topic<?> topic);

    /** Sends a message to an instance, once. If there is no such instance or it has ended, the message is dropped and counted. */
    default <T> void send(String id, Mailbox<T> to, T message) {
        send(id, to, message, MessageOptions.none());
    }

    /** The same with a key or headers. */
    <T> void send(String id, Mailbox<T> to, T message, MessageOptions options);

    /** Publishes a message, once. */
    default <T> void publish(Topic<T> to, T message) {
        publish(to, message, MessageOptions.none());
    }

    /** The same with a key or headers. */
    <T> void publish(Topic<T> to, T message, MessageOptions options);

    /** Does something in the outside world: it runs at least once and is recorded once. Retried by the engine's default policy. */
    @SuppressWarnings("NullAway") // null is the only value of Void
    default void step(String name, Action body) {
        step(Step.of(name, Void.class), activity -> {
            body.run();
            return null;
        });
    }

    /** The same with a result of a class without type parameters. */
    default <T extends @Nullable Object> T step(String name, Class<T> type, Callable<T> body) {
        return step(Step.of(name, type), activity -> body.call());
    }

    /**
     * The same with a policy of its own, a time-out, a result of any type, or a body that asks about its attempt.
     *
     * <p>The result is what its record decodes to, also the first time. A step that failed for good throws its failure: of the failure's
     * own type if that has a constructor {@code (String, Throwable)}, {@code (String)} or {@code ()}, else an
     * {@code ActivityFailedException}.
     */
    <T extends @Nullable Object> T step(Step<T> step, StepBody<T> body);

    /**
     * Adds what takes back something that the workflow did. If the workflow fails or is cancelled, all that was added runs, newest first,
     * each once: also after a crash in the middle, which goes on where it was. A cancellation does not interrupt it. Then the instance ends
     * as it would have, failed or cancelled.
     *
     * <p>The action is code of the workflow: what it does with the world it does in steps, and it may wait and send. Its steps are tried by
     * their policies, and what it throws after an operation of this context is final. An action that calls none is tried as a whole, like
     * a step, by the engine's default policy. One that fails for good is logged and attached to the outcome, and stops no other.
     *
     * <p>Add it before what it takes back if that may half succeed, after it otherwise. It costs nothing until it runs. Refused with
     * {@code WRONG_PLACE} while the workflow already undoes what it did.
     */
    void compensate(Action undo);

    /** Starts an instance, once, under an id that is made up, and returns the id. It outlives this one. */
    default <I extends @Nullable Object, O extends @Nullable Object> String start(
            Class<? extends Durable<I, O>> workflow, I input) {
        return start(workflow, input, StartOptions.auto());
    }

    /** The same by name, in the newest version. */
    default <I extends @Nullable Object, O extends @Nullable Object> String start(
            WorkflowType<I, O> workflow, I input) {
        return start(workflow, input, StartOptions.auto());
    }

    /**
     * Starts an instance, once, and returns its id. If the id exists with the same workflow and input, nothing is started. With others it
     * is refused with {@code START_CONFLICT}, also if somebody takes the id at the same moment: who returns from here has what it asked
     * for, and who is refused is refused here in every replay.
     */
    <I extends @Nullable Object, O extends @Nullable Object> String start(
            Class<? extends Durable<I, O>> workflow, I input, StartOptions options);

    /** The same by name, in the newest version. */
    <I extends @Nullable Object, O extends @Nullable Object> String start(
            WorkflowType<I, O> workflow, I input, StartOptions options);
}
