package io.romancy.postgres;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction on a borrowed connection, for the thread that opened it. */
final class PostgresTransaction implements Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresTransaction.class);

    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Thread owner = Thread.currentThread();
    private boolean rollbackOnly;
    private boolean ended;

    PostgresTransaction(Connection connection) {
        this.connection = connection;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (ended || !Thread.currentThread().equals(owner)) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "A transaction belongs to the thread that opened it, until its work returns. Use it there, or open another.");
        }
        if (type.isInstance(connection)) {
            return type.cast(connection);
        }
        throw new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "A transaction on PostgreSQL is no " + type.getName() + ". Unwrap it as java.sql.Connection.");
    }

    @Override
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    @Override
    public void rollbackOnly() {
        rollbackOnly = true;
    }

    /** From here on nothing more is taken. */
    void end() {
        ended = true;
    }

    boolean isRollbackOnly() {
        return rollbackOnly;
    }

    /** Whatever an action throws, the data is committed and the other actions still run. */
    void runAfterCommit() {
        for (Runnable action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                LOG.warn("An action after a commit failed; the commit stands", e);
            }
        }
    }
}
