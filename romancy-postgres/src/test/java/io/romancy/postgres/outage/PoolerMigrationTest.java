package io.romancy.postgres.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.postgres.PostgresStorageProvider;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
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
    private static PooledDatabase pooled;

    @BeforeAll
    static void start() {
        pooled = PooledDatabase.start();
    }

    @AfterAll
    static void stop() {
        if (pooled != null) {
            pooled.close();
        }
    }

    @Test
    void theNextClientOfASessionFindsItsOwnTables() throws Exception {
        var settings = StorageSettings.of(pooled.url());
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
                Connection client = DriverManager.getConnection(pooled.url());
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
