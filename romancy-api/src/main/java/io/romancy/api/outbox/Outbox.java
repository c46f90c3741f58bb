package io.romancy.api.outbox;

import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.SetAsideEvent;
import java.util.stream.Stream;

/**
 * Events on their way to other systems. An event is added inside a transaction and stored with it; after the commit a relayer hands it to a
 * publisher, at least once, and again until it has arrived, is refused for good, or is too old. After a rollback there never was one.
 *
 * <p>Usable with a workflow, in a step that joins a transaction, and without any. Thread-safe.
 */
public interface Outbox {
    /**
     * Adds an event without key or headers, and returns its id. Blocks for one statement on the transaction's connection. Outside a
     * transaction it is refused with {@code NO_TRANSACTION}, and in a workflow's body, which runs again on replay, with {@code WRONG_PLACE}.
     *
     * @param type what happened, such as {@code order.shipped}; publishers choose by it
     * @param data what to tell; encoded now, so that later changes to the object have no effect
     */
    default String add(String type, Object data) {
        return add(OutboxEvent.of(type, data));
    }

    /** The same with a key or headers. */
    String add(OutboxEvent event);

    /**
     * Events that were set aside, because a publisher refused them for good or they became too old, the one that was added last first. They
     * are kept for the outbox's retention. Read page by page while the stream is consumed; blocks for each page.
     */
    Stream<SetAsideEvent> setAside();

    /**
     * Sends an event that was set aside again, with the id that it had: those who receive it can tell whether they have. It goes before what
     * waits under its key, and after what was published of its key meanwhile. Its age counts from now; the pause after a failure is what it
     * had come to.
     *
     * <p>Acts at once, so it is refused inside a transaction, and in a workflow's body. Blocks for one statement.
     *
     * @return false if it is not set aside any more: sent again before this, or deleted
     */
    boolean sendAgain(SetAsideEvent event);

    /** How many events wait or were set aside. Blocks for one query. */
    OutboxCounts counts();
}
