package io.romancy.postgres;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an error of the server or the driver means for the engine: by SQLSTATE, never by message. */
final class SqlFailure {
    /** The lock was not free in time, or waiting for it closed a circle. */
    private static final Set<String> LOCKS = Set.of("55P03", "40P01", "40001");

    /** Schema or table are not there. */
    private static final Set<String> MISSING = Set.of("42P01", "3F000");

    /** No such function; a feature that is not supported. */
    private static final Set<String> UNSUPPORTED = Set.of("42883", "0A000");

    /** Read-only, or in recovery; ended for an idle transaction, or for a long one. */
    private static final Set<String> ENDED_OR_REPLACED = Set.of("25006", "55000", "25P03", "25P04");

    private SqlFailure() {}

    static StorageException of(String what, SQLException e) {
        if (isLock(e)) {
            return new StorageException(
                    ErrorCode.STORAGE_BUSY, what + ": rows are locked by others" + cause(e), e, true);
        }
        if (isCancelled(e)) {
            return new StorageException(
                    ErrorCode.STORAGE_FAILED,
                    what
                            + ": PostgreSQL gave the statement up, for its statement_timeout or because somebody cancelled it"
                            + cause(e),
                    e,
                    true);
        }
        if (isOutage(e)) {
            return new StorageException(
                    ErrorCode.STORAGE_FAILED, what + ": PostgreSQL did not answer" + cause(e), e, true);
        }
        return new StorageException(ErrorCode.STORAGE_REFUSED, what + ": PostgreSQL refused it" + cause(e), e, false);
    }

    static boolean isLock(SQLException e) {
        return LOCKS.contains(state(e));
    }

    /** The statement took too long, or somebody cancelled it: that says nothing of what it was to write. */
    static boolean isCancelled(SQLException e) {
        return state(e).equals("57014");
    }

    /** Another transaction has inserted the same meanwhile, or did so before. */
    static boolean isDuplicate(SQLException e) {
        return state(e).equals("23505");
    }

    static boolean isMissing(SQLException e) {
        return MISSING.contains(state(e));
    }

    static boolean isForbidden(SQLException e) {
        return state(e).equals("42501");
    }

    /** This server has no such function, or does not execute it. */
    static boolean isUnsupported(SQLException e) {
        return UNSUPPORTED.contains(state(e));
    }

    static boolean isCredentials(SQLException e) {
        return state(e).startsWith("28");
    }

    /**
     * Whether the server, the way to it or its resources failed, rather than the statement. A server that is read-only or in recovery was
     * just replaced, or is about to take over; a session that was ended for its idle or long transaction is gone with its connection. An
     * error without a state is the driver's or the pool's own: the connection is gone.
     */
    static boolean isOutage(SQLException e) {
        String state = state(e);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || state.startsWith("58")
                || ENDED_OR_REPLACED.contains(state)
                || e instanceof SQLTransientConnectionException;
    }

    private static String state(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static String cause(SQLException e) {
        return " (" + (state(e).isEmpty() ? "" : state(e) + " ") + e.getMessage() + ")";
    }
}
