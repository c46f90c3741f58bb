package io.romancy.testkit.postgres;

import io.romancy.spi.StorageSettings;
import java.sql.Connection;
import java.sql.SQLException;

/** A database of the server for tests that belongs to one test. Closing it drops it, with whoever is still connected. */
public final class PostgresDatabase implements AutoCloseable {
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

    @Override
    public void close() {
        server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
