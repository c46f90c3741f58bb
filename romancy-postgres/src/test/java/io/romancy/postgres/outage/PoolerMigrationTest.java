package io.romancy.postgres.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.postgres.PostgresStorageProvider;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PgBouncer;
import io.romancy.testkit.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Schemas come into a database through PgBouncer, pooling by transaction, and its sessions stay as they were. */
class PoolerMigrationTest {
    private static LocalServer server;
    private static PgBouncer pooler;
    private static PostgresDatabase database;

    @BeforeAll
    static void start() {
        PgBouncer.assumeInstalled();
        server = LocalServer.start();
        pooler = PgBouncer.inFrontOf(server);
        database = server.server().createDatabase();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            pooler.close();
            server.close();
        }
    }

    @Test
    void theNextClientOfASessionFindsItsOwnTables() throws Exception {
        var settings = StorageSettings.of(pooler.url(database));
        new PostgresStorageProvider()
                .open(settings, new StorageContext("test", "romancy_"))
                .close();

        assertThat(searchPaths()).isNotEmpty().containsOnly("\"$user\", public");
    }

    private static List<String> searchPaths() throws SQLException {
        List<Connection> clients = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                Connection client = DriverManager.getConnection(pooler.url(database));
                clients.add(client);
                client.setAutoCommit(false);
                try (var statement = client.createStatement();
                        ResultSet row = statement.executeQuery("SHOW search_path")) {
                    row.next();
                    paths.add(row.getString(1));
                }
            }
        } finally {
            for (Connection client : clients) {
                client.close();
            }
        }
        return paths;
    }
}
