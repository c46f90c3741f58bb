package io.romancy.spi;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One database, as the engine sees it: verbs of the domain, in batches. For its author, in the order of the usual questions:
 *
 * <ul>
 *   <li><b>Atomic</b> is each method call, unless it says otherwise; of a batch, each item.
 *   <li><b>The clock</b> is the database's, moved forward by {@link Upkeep#advanceClock}; every due comparison and every timestamp uses
 *       it. Leases stay on the database's unmoved clock.
 *   <li><b>Connections</b> are the storage's own. It holds none between calls for the caller, and relies on no state of a session.
 *   <li><b>Threads</b>: every method may be called by many threads at once and blocks until its answer is there.
 *   <li><b>Failures</b> are {@code StorageException}s that say whether trying again helps. A method that failed may have taken effect:
 *       the engine repeats commits, and a repeated commit must act once.
 * </ul>
 */
public interface Storage extends AutoCloseable {
    /** Messages of others, published before and not dispatched yet, that {@link #deliver} may dispatch on its way. */
    int DELIVERED_ALONG = 64;

    /** Product, version and masked URL, for the log. */
    String description();

    Set<StorageCapability> capabilities();

    /** Claims and what is written under them. */
    RunStore runs();

    /** The way of messages from published to delivered. */
    MessageStore messages();

    /** Leases of workers, and what happens when one ends. */
    NodeStore nodes();

    /** What can be asked without a claim. */
    InstanceStore instances();

    /** Events of the application on their way out. */
    OutboxStore outbox();

    /**
     * The short way of a few messages to receivers that wait here: publishes them, dispatches them and claims runs, as {@link RunStore}
     * and {@link MessageStore} do it in three calls. A storage that saves round trips or flushes by doing it at once overrides this; then
     * it is one transaction, and after a failure nothing of it was done, or all.
     *
     * @param claim for whom to claim what wakes, and perhaps what else is due; null for nothing. It need not say what is due next
     */
    default Delivery deliver(List<Commit.Publish> messages, @Nullable ClaimRequest claim) {
        List<CommitResult> answers = runs().commit(List.copyOf(messages));
        DispatchResult dispatched = messages().dispatch(messages.size() + DELIVERED_ALONG);
        return new Delivery(answers, dispatched, claim == null ? null : runs().claim(claim));
    }

    /** What keeps the database small, and what only tests need. */
    Upkeep upkeep();

    /** What wakes other processes; empty where the database has no such thing, so that there is only polling. */
    Optional<NotificationSource> notificationSource();

    /**
     * Runs the work in a transaction of this storage's database and commits it. An exception of the work rolls back and reaches the
     * caller unchanged.
     */
    <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception;

    /**
     * Whether a transaction of the application is one of this very database, so that what joins it is written here and not in another
     * that looks like it. Asked before anything runs on the storage, within a transaction that writes nothing. Default: it is
     */
    default boolean owns(Transaction transaction) {
        return true;
    }

    /** Releases connections and threads in bounded time. Idempotent. */
    @Override
    void close();
}
