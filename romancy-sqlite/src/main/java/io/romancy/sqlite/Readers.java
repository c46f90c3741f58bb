package io.romancy.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Connections for reading, opened when they are needed. Readers see what is committed and wait for no writer. */
final class Readers implements AutoCloseable {
    private final Connector connector;
    private final Duration patience;
    private final Failures failures;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Connector connector, Options options, Failures failures) {
        this.connector = connector;
        this.patience = options.busyTimeout();
        this.failures = failures;
        this.free = new Semaphore(options.readers(), true);
    }

    /** Runs the work on one state of the database: all that it reads was true at the same time. */
    <T> T read(Work<T> work) {
        acquire();
        try {
            return onSession(work);
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            free.release();
        }
    }

    <T> Optional<T> find(Lookup<T> lookup) {
        return read((tables, moment) -> Optional.ofNullable(lookup.find(tables, moment)));
    }

    private <T> T onSession(Work<T> work) throws SQLException {
        if (closed) {
            throw failures.closed();
        }
        Session pooled = idle.pollFirst();
        Session session = pooled == null ? new Session(connector.reading()) : pooled;
        boolean clean = false;
        try {
            session.update("BEGIN");
            T result = work.run(new Tables(session), Moment.read(session));
            session.update("COMMIT");
            clean = true;
            return result;
        } finally {
            giveBack(session, clean);
        }
    }

    /** A connection on which something failed is closed, which ends its transaction; the next reader opens another. */
    private void giveBack(Session session, boolean clean) {
        if (!clean) {
            session.closeQuietly();
            return;
        }
        idle.addFirst(session);
        if (closed) {
            closeIdle();
        }
    }

    private void acquire() {
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failures.busy("every connection for reading is in use; somebody", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        }
    }

    private void closeIdle() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.closeQuietly();
        }
    }

    /** Closes what is idle; a reader at work closes its own connection when it is done. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
