package io.romancy.micronaut;

import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.sql.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction that the application opened and will end, as the engine joins it. For the thread that has it open. */
record ApplicationTransaction(TransactionStatus<?> status, Connection connection) implements Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationTransaction.class);

    /** Whoever unwraps it is going to write. */
    @Override
    public <T> T unwrap(Class<T> type) {
        if (isReadOnly()) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The surrounding transaction is read-only, so that nothing can be started, sent or added in it. Take readOnly away"
                            + " from its @Transactional, or call it outside.");
        }
        if (type.isInstance(connection)) {
            return type.cast(connection);
        }
        throw new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "A transaction of the application cannot be unwrapped as " + type.getName()
                        + ": it is a java.sql.Connection. Ask for that.");
    }

    /** Micronaut would hand an exception of a hook to the caller, although the data is committed; here it ends. */
    @Override
    public void afterCommit(Runnable action) {
        status.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    LOG.warn(
                            "An action after the commit of a transaction failed; the transaction itself is committed",
                            e);
                }
            }
        });
    }

    @Override
    public void rollbackOnly() {
        status.setRollbackOnly();
    }

    /** Whether something may be written that is meant to be committed. */
    boolean isWritable() {
        return !status.isRollbackOnly() && !isReadOnly();
    }

    private boolean isReadOnly() {
        return status.getTransactionDefinition().isReadOnly().orElse(false);
    }
}
