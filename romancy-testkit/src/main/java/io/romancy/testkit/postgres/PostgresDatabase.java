package io.romancy.testkit.postgres;

import io.romancy.spi.StorageSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A database of the server for tests that belongs to one test. Closing it drops it, with whoever is still connected. */
public final class PostgresDatabase implements AutoCloseable {
    private static final String TERMINATE =
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE ?";

    private final PostgresServer server;
    private final String name;
    private final ServerAddress address;

    PostgresDatabase(PostgresServer server, String name, ServerAddress ofServer) {
        this.server = server;
        this.name = name;
        this.address = ofServer.of(name);
    }

    public String name() {
        return name;
    }

    /** The JDBC URL, with credentials. */
    public String url() {
        return address.url();
    }

    /** Settings with every option at its default. */
    public StorageSettings settings() {
        return StorageSettings.of(url());
    }

    /** A connection past every pool: what a test uses to look, to hold a lock or to be the other side of a race. */
    public Connection connect() throws SQLException {
        return address.connect();
    }

    /**
     * Terminates the sessions whose application name looks like this, in the pattern language of {@code LIKE}, as an administrator would.
     * Returns how many there were.
     */
    public int terminate(String applicationNameLike) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(TERMINATE)) {
            statement.setString(1, applicationNameLike);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("sessions of " + name + " could not be terminated", e);
        }
    }

    @Override
    public void close() {
        server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
