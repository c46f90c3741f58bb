package io.romancy.testkit.memory;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.NewEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back what is committed inside it, and applies all of it at its end, in one moment. So a message counts as published when its
 * transaction commits, however early it was written.
 */
final class MemoryTransaction implements Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryTransaction.class);

    private final Session session;
    private final Thread thread = Thread.currentThread();
    private final Pending pending = new Pending();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean rollbackOnly;
    private boolean ended;

    MemoryTransaction(Session session) {
        this.session = session;
    }

    private boolean isOf(Session other) {
        return session.database() == other.database();
    }

    /** The transaction as one of this database. */
    static MemoryTransaction of(Transaction transaction, Session session) {
        if (transaction instanceof MemoryTransaction ours && ours.isOf(session)) {
            return ours;
        }
        throw new RomancyException(
                ErrorCode.WRONG_PLACE,
                "Transaction " + transaction + " cannot be joined: this storage did not open it. "
                        + "Use the one that inTransaction hands over.");
    }

    void add(List<NewEvent> events) {
        requireUsable();
        session.alone(tables -> {
            pending.add(events, tables.clock.now());
            return events;
        });
    }

    List<CommitResult> commit(List<Commit> batch) {
        requireUsable();
        if (batch.stream().filter(Commit.OfRun.class::isInstance).count() > 1) {
            throw new IllegalArgumentException("a transaction holds at most one commit of a run in a batch");
        }
        return session.alone(
                tables -> batch.stream().map(commit -> take(tables, commit)).toList());
    }

    private CommitResult take(Tables tables, Commit commit) {
        CommitResult answer = pending.take(tables, commit);
        if (commit instanceof Commit.OfRun && !(answer instanceof CommitResult.Taken)) {
            rollbackOnly = true;
        }
        return answer;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        requireUsable();
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "A transaction in memory cannot be unwrapped as " + type.getName()
                        + ": there is no such thing behind it. Use a storage on a real database for that.");
    }

    @Override
    public void afterCommit(Runnable action) {
        requireUsable();
        afterCommit.add(action);
    }

    @Override
    public void rollbackOnly() {
        requireUsable();
        rollbackOnly = true;
    }

    void rollBack() {
        ended = true;
        session.database().alone(tables -> {
            pending.release();
            return this;
        });
    }

    void end() {
        requireUsable();
        try {
            if (!rollbackOnly) {
                session.alone(tables -> {
                    pending.apply(tables);
                    return this;
                });
            }
        } finally {
            rollBack();
        }
        if (!rollbackOnly) {
            afterCommit.forEach(MemoryTransaction::runQuietly);
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // the caller must hear of the commit, whatever an action throws
            LOG.warn("An action after the commit of a transaction failed; the transaction itself is committed", e);
        }
    }

    private void requireUsable() {
        if (ended || !thread.equals(Thread.currentThread())) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The transaction cannot be used: "
                            + (ended ? "it has ended" : "it belongs to thread " + thread.getName())
                            + ". Use it only inside its work, on the thread that runs it.");
        }
    }
}
