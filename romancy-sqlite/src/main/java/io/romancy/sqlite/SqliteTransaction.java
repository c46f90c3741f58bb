package io.romancy.sqlite;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction of the application, from its BEGIN IMMEDIATE to its end. */
final class SqliteTransaction implements Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteTransaction.class);

    private final Transactions opener;
    private final Session session;
    private final Failures failures;
    private final TransactionConnection guard;
    private final Thread thread = Thread.currentThread();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final long began = System.nanoTime();
    private boolean rollbackOnly;
    private boolean ended;

    SqliteTransaction(Transactions opener, Session session, Failures failures) {
        this.opener = opener;
        this.session = session;
        this.failures = failures;
        this.guard = new TransactionConnection(session.connection());
    }

    boolean isOf(Transactions transactions) {
        return opener == transactions;
    }

    /** Does the engine's work in this transaction. */
    <T> T write(Work<T> work) {
        requireUsable();
        try {
            return work.run(new Tables(session), Moment.read(session));
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        requireUsable();
        Connection connection = guard.connection();
        if (type.isInstance(connection)) {
            return type.cast(connection);
        }
        throw new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "A transaction on SQLite cannot be unwrapped as " + type.getName()
                        + ": it is a java.sql.Connection. Ask for that.");
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

    /** Commits, unless it was to end in a rollback. */
    void commit() {
        if (rollbackOnly) {
            afterCommit.clear();
            return;
        }
        try {
            session.connection().setAutoCommit(true); // COMMIT
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /** Closes the connection, which rolls back what was not committed. */
    void end() {
        ended = true;
        guard.end();
        session.closeQuietly();
    }

    /** How long it has held the right to write. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void runAfterCommit() {
        afterCommit.forEach(SqliteTransaction::runQuietly);
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("An action after the commit of a transaction failed; the transaction itself is committed", e);
        }
    }

    private void requireUsable() {
        if (ended || !thread.equals(Thread.currentThread())) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The transaction cannot be used: "
                            + (ended ? "it has ended" : "it belongs to thread '" + thread.getName() + "'")
                            + ". Use it only inside its work, on the thread that runs it.");
        }
    }
}
