package io.romancy.postgres.notify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Collection;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** One connection that listens, from its LISTEN to its end. One thread reads; {@link #abort} may come from any. */
final class ListenSession implements AutoCloseable {
    private static final PGNotification[] NOTHING = {};

    /** How a server says that it knows a statement, and does not have what it is for. */
    private static final String NOT_SUPPORTED = "0A000";

    private static final String HEARTBEAT =
            "SELECT pg_backend_pid(), pg_is_in_recovery(), (SELECT count(*) FROM pg_listening_channels() c WHERE c = ANY (?))";

    private final Connection connection;
    private final PGConnection notifications;
    private final String[] channels;
    private final int answerWithinMillis;
    private int backend;

    /** Who answered. */
    enum Heartbeat {
        /** The session that listens. */
        OURS,
        /** Another one: somebody in between gives each transaction to whichever session is free. */
        SHARED
    }

    private ListenSession(Connection connection, Collection<String> channels, Duration answerWithin)
            throws SQLException {
        this.connection = connection;
        this.notifications = connection.unwrap(PGConnection.class);
        this.channels = channels.toArray(String[]::new);
        this.answerWithinMillis = Math.toIntExact(answerWithin.toMillis());
    }

    /** Fails with {@link SQLFeatureNotSupportedException} where there is no LISTEN: asking again soon is no use then. */
    static ListenSession open(DataSource source, Collection<String> channels, Duration answerWithin)
            throws SQLException {
        Connection connection = source.getConnection();
        try {
            var session = new ListenSession(connection, channels, answerWithin);
            session.listen();
            return session;
        } catch (SQLException | RuntimeException | Error e) {
            // A close would say goodbye first, to a server that may not read any more.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    /** Waits for notifications, at most this long. A half-open socket looks like silence: only {@link #heartbeat} tells. */
    PGNotification[] await(Duration atMost) throws SQLException {
        // In a transaction the driver returns at once without looking: this would spin.
        if (!connection.getAutoCommit()) {
            throw new SQLException("the listening session is in a transaction", "25001");
        }
        PGNotification[] arrived = notifications.getNotifications(Math.toIntExact(Math.max(1, atMost.toMillis())));
        return arrived == null ? NOTHING : arrived;
    }

    /** Asks the session whether it is still what it was: the same backend, on a primary, with all its channels. */
    Heartbeat heartbeat() throws SQLException {
        Heartbeat answer;
        connection.setNetworkTimeout(Runnable::run, answerWithinMillis);
        try (PreparedStatement statement = connection.prepareStatement(HEARTBEAT)) {
            statement.setArray(1, connection.createArrayOf("text", channels));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                answer = row.getInt(1) == backend ? Heartbeat.OURS : Heartbeat.SHARED;
                if (row.getBoolean(2)) {
                    throw new SQLException("the server is in recovery, where nothing is notified", "25006");
                }
                if (answer == Heartbeat.OURS && row.getInt(3) < channels.length) {
                    throw new SQLException(
                            "the session listens to " + row.getInt(3) + " of " + channels.length
                                    + " channels: somebody else ended the others",
                            "08006");
                }
            }
        }
        connection.setNetworkTimeout(Runnable::run, 0);
        return answer;
    }

    /** Cuts the connection; a reader that is blocked in it returns with an error. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Then it is closed already, which is what was asked for.
            return;
        }
    }

    @Override
    public void close() {
        abort();
    }

    /** All in one transaction: after it every channel is heard. */
    private void listen() throws SQLException {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, answerWithinMillis);
        var sql = new StringBuilder("SELECT pg_backend_pid();");
        for (String channel : channels) {
            sql.append("LISTEN \"").append(channel.replace("\"", "\"\"")).append("\";");
        }
        try (var statement = connection.createStatement()) {
            statement.execute(sql.toString());
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                backend = row.getInt(1);
            }
        } catch (SQLException e) {
            throw NOT_SUPPORTED.equals(e.getSQLState()) ? noListen(e) : e;
        }
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    private static SQLFeatureNotSupportedException noListen(SQLException refusal) {
        return new SQLFeatureNotSupportedException(
                "this database has no LISTEN, and polling does the work: " + refusal.getMessage(),
                NOT_SUPPORTED,
                refusal);
    }
}
