package io.romancy.postgres.notify;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.Notification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications on an autocommit connection of its own: a transaction that only notifies flushes nothing, and holds the
 * cluster-wide lock of NOTIFY for a moment only.
 */
final class Sender implements AutoCloseable {
    private static final String SEND = "SELECT count(pg_notify(c, p)) FROM unnest(?::text[], ?::text[]) AS t(c, p)";

    private static final String SEND_ONE = "SELECT pg_notify(?, ?)";

    private final DataSource source;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    /**
     * @param patience how long a send may wait for another, and then for the server's answer
     */
    Sender(DataSource source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    /** One statement for all. Tries a second time on a new connection: an idle one is often found dead. */
    void send(List<Notification> notifications) {
        if (notifications.isEmpty()) {
            return;
        }
        lockOrRefuse();
        try {
            boolean isFresh = connection == null;
            try {
                executeOrDrop(notifications);
            } catch (SQLException e) {
                if (isFresh || closed) {
                    throw failed(e);
                }
                again(notifications);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }

    private void again(List<Notification> notifications) {
        try {
            executeOrDrop(notifications);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A connection on which anything failed, be it an Error in the middle of the protocol, is in a state that nobody knows. */
    private void executeOrDrop(List<Notification> notifications) throws SQLException {
        try {
            execute(notifications);
        } catch (Throwable e) {
            drop();
            throw e;
        }
    }

    private void execute(List<Notification> notifications) throws SQLException {
        if (notifications.size() == 1) {
            executeOne(notifications.getFirst());
            return;
        }
        String[] channels = notifications.stream().map(Notification::channel).toArray(String[]::new);
        String[] payloads = notifications.stream().map(Notification::payload).toArray(String[]::new);
        Connection open = connect();
        try (PreparedStatement statement = open.prepareStatement(SEND)) {
            statement.setArray(1, open.createArrayOf("text", channels));
            statement.setArray(2, open.createArrayOf("text", payloads));
            statement.executeQuery().close();
        }
    }

    /** What most sends are, a lone hint or the sweep that a flood became, without arrays. */
    private void executeOne(Notification notification) throws SQLException {
        try (PreparedStatement statement = connect().prepareStatement(SEND_ONE)) {
            statement.setString(1, notification.channel());
            statement.setString(2, notification.payload());
            statement.executeQuery().close();
        }
    }

    private Connection connect() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.getConnection();
            connection = open; // at once: whatever fails next, and a close, must find it to drop it
            if (closed) {
                throw new SQLException("the notification source is closed", "08003");
            }
            open.setAutoCommit(true);
            open.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
        }
        return open;
    }

    /** Also frees whoever is blocked in it. */
    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // Then it is closed already, which is what was asked for.
                return;
            }
        }
    }

    private void lockOrRefuse() {
        try {
            if (!closed && lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw failed(new SQLException(closed ? "the notification source is closed" : "another send takes too long"));
    }

    private StorageException failed(SQLException e) {
        return new StorageException(
                closed ? ErrorCode.STORAGE_CLOSED : ErrorCode.NOTIFICATION_FAILED,
                "Notifications were not sent (" + e.getMessage() + "). Nothing is lost: polling finds the work.",
                e,
                !closed);
    }
}
