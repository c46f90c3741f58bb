package io.romancy.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL for what has no engine in it: each test gets an empty database. */
@PostgresTest
class RealPostgresTest {
    @Test
    void aRealServerAnswers(PostgresDatabase database) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery("SELECT version()")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).startsWith("PostgreSQL");
        }
    }
}
