package io.romancy.api;

import io.romancy.api.channel.Mailbox;

/**
 * One instance, seen from outside by its id; it may run anywhere. Thread-safe; holds nothing open. Every method but {@link #id} asks the
 * database and blocks until it has answered, and throws {@code WorkflowNotFoundException} if it does not know the id.
 */
public interface InstanceHandle {
    String id();

    /** What can be seen of it now. */
    WorkflowInfo info();

    /** Sends a message to it, as {@link Romancy#send} does. */
    default <T> void send(Mailbox<T> to, T message) {
        send(to, message, MessageOptions.none());
    }

    /** The same with a key or headers. */
    <T> void send(Mailbox<T> to, T message, MessageOptions options);

    /**
     * Asks for its cancellation: it ends at its next operation, wherever it runs, undoes what it did, and never goes on. Inside a
     * transaction, this takes effect after the commit. Idempotent: the first reason is kept; one that is stuck on its way to the end goes
     * on each time that it is asked. One that has failed and is about to undo what it did goes on with that, and ends as failed.
     *
     * @return false if it had ended already
     */
    boolean cancel(String reason);

    /**
     * Lets an instance go on that is stuck or has failed, at the step where it stopped: after the cause was removed. Its subscriptions go
     * on with it, and what was sent to it and not received is still there; what is published to a topic while it is failed, is not for it.
     *
     * <p>Of a failed one, the step by which it failed is tried anew if nothing was recorded after it. If the workflow caught the failure
     * and recorded more, as by another step or a message, nothing is taken back: today's code follows the whole history, in which that
     * step has failed, and goes on behind it.
     *
     * <p>Refused with {@code COMPENSATED} if it failed and then undid what it did, and with {@code WRONG_PLACE} inside a transaction,
     * which could not take it back.
     *
     * @return false if it is neither stuck nor failed, so that there is nothing to do
     */
    boolean retry();
}
