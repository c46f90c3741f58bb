package io.romancy.sqlite;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of the application. Each takes the turn to write for as long as it lasts, and has a connection of its own that is closed
 * with it: whatever the application left open or set on it ends there.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Connector connector;
    private final Turn turn;
    private final Failures failures;
    private final Duration patience;
    private volatile boolean closed;

    Transactions(Connector connector, Turn turn, Failures failures, Duration patience) {
        this.connector = connector;
        this.turn = turn;
        this.failures = failures;
        this.patience = patience;
    }

    <T extends @Nullable Object> T run(TransactionWork<T> work) throws Exception {
        turn.take();
        SqliteTransaction transaction;
        T result;
        try {
            transaction = new SqliteTransaction(this, begin(), failures);
            try {
                result = work.run(transaction);
                transaction.commit();
            } finally {
                transaction.end();
                warnIfLong(transaction);
            }
        } finally {
            turn.pass();
        }
        transaction.runAfterCommit();
        return result;
    }

    /** Does the engine's work in a transaction of the application, whoever opened it. */
    <T> T write(Transaction transaction, Work<T> work) {
        if (transaction instanceof SqliteTransaction ours) {
            return ours(ours).write(work);
        }
        Session session = new Session(transaction.unwrap(Connection.class));
        try {
            // What opened it may have begun it as one that only reads. Then the right to write comes with our first
            // change, if nobody
            // has written since its first look, or SQLite refuses it: what was read here holds until its COMMIT in both
            // cases.
            return work.run(new Tables(session), Moment.read(session));
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            session.closeStatements();
        }
    }

    private SqliteTransaction ours(SqliteTransaction transaction) {
        if (transaction.isOf(this)) {
            return transaction;
        }
        throw new RomancyException(
                ErrorCode.WRONG_PLACE,
                "A transaction that another storage opened cannot be joined. Use the one that inTransaction hands over.");
    }

    private Session begin() {
        if (closed) {
            throw failures.closed();
        }
        try {
            Session session = new Session(connector.transacting());
            try {
                session.connection().setAutoCommit(false); // BEGIN IMMEDIATE
                return session;
            } catch (SQLException e) {
                session.closeQuietly();
                throw e;
            }
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private void warnIfLong(SqliteTransaction transaction) {
        Duration held = transaction.age();
        if (held.compareTo(patience) > 0) {
            LOG.warn(
                    "A transaction of the application held SQLite's only right to write for {} ms; every worker waited, "
                            + "and leases may have ended. Keep such transactions far below {} ms.",
                    held.toMillis(),
                    patience.toMillis());
        }
    }

    /** Refuses new ones; one that is open ends by itself. */
    void close() {
        closed = true;
    }
}
