package io.romancy.sqlite;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
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

    /** The transaction as one of this storage. */
    SqliteTransaction ours(Transaction transaction) {
        if (transaction instanceof SqliteTransaction ours && ours.isOf(this)) {
            return ours;
        }
        throw new RomancyException(
                ErrorCode.WRONG_PLACE,
                "Transaction " + transaction + " cannot be joined: this storage did not open it. "
                        + "Use the one that inTransaction hands over.");
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
