package io.romancy.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The engine's one connection for writing. Threads take turns; other processes are kept out by BEGIN IMMEDIATE. */
final class Writer implements AutoCloseable {
    private final Connector connector;
    private final Turn turn;
    private final Failures failures;
    private @Nullable Session session; // guarded by the turn
    private volatile boolean closed;

    Writer(Connector connector, Turn turn, Failures failures) {
        this.connector = connector;
        this.turn = turn;
        this.failures = failures;
    }

    /** Runs the work alone in the whole database, and returns when what it wrote is as durable as was asked for. */
    <T> T write(Work<T> work) {
        turn.take();
        try {
            if (closed) {
                throw failures.closed();
            }
            return transaction(open(), work);
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            closeIfAsked();
            turn.pass();
        }
    }

    private <T> T transaction(Session session, Work<T> work) throws SQLException {
        begin(session);
        try {
            T result = work.run(new Tables(session), Moment.read(session));
            session.update("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(session, e);
            throw e;
        }
    }

    /** A connection on which nothing can be begun may be broken: the next transaction opens another. */
    private void begin(Session session) throws SQLException {
        try {
            connector.begin(session);
        } catch (SQLException e) {
            closeSession();
            throw e;
        }
    }

    /** Some errors have rolled back already. Whatever state the connection is in, the next transaction starts on a clean one. */
    private void rollBack(Session session, Throwable cause) {
        try {
            session.update("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
            closeSession();
        }
    }

    private Session open() throws SQLException {
        Session current = session;
        if (current == null) {
            current = new Session(connector.writing());
            session = current;
        }
        return current;
    }

    private void closeIfAsked() {
        if (closed) {
            closeSession();
        }
    }

    private void closeSession() {
        Session current = session;
        session = null;
        if (current != null) {
            current.closeQuietly();
        }
    }

    /** Waits for a writer at work, in bounded time; one that takes longer closes the connection when it is done. */
    @Override
    public void close() {
        closed = true;
        boolean mine = turn.isMine();
        if (!mine && !turn.tryTakeUninterruptibly()) {
            return;
        }
        try {
            closeSession();
        } finally {
            if (!mine) {
                turn.pass();
            }
        }
    }
}
