package io.romancy.spi.commit;

/**
 * A database transaction of the application that commits of the engine join. Opaque, so that the engine sees no JDBC. Bound to the
 * thread that opened it.
 */
public interface Transaction {
    /** The transaction as something of the storage, such as {@code java.sql.Connection}; a clear refusal if it is no such thing. */
    <T> T unwrap(Class<T> type);

    /** Runs after the commit, in order of registration, and never after a rollback. What it throws is logged and harms nobody. */
    void afterCommit(Runnable action);

    /** Makes the transaction end in a rollback. */
    void rollbackOnly();
}
