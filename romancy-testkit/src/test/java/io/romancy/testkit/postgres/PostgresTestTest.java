package io.romancy.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

@PostgresTest
class PostgresTestTest {
    private static final Set<String> NAMES = new HashSet<>();
    private static String ofClass = "";

    private String before = "";

    @BeforeAll
    static void first(PostgresDatabase database) {
        ofClass = database.name();
    }

    @BeforeEach
    void before(PostgresDatabase database) {
        before = database.name();
    }

    @RepeatedTest(2)
    void eachTestHasAnEmptyDatabaseOfItsOwn(PostgresDatabase database) throws SQLException {
        assertThat(database.name()).isEqualTo(before).isNotEqualTo(ofClass);
        assertThat(NAMES.add(before)).isTrue();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_here (id int)");
        }
    }

    @AfterAll
    static void droppedAfterIt(PostgresDatabase database) throws SQLException {
        assertThat(database.name()).isEqualTo(ofClass);
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_database WHERE datname IN ('" + String.join("','", NAMES)
                                + "')")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
        assertThat(NAMES).hasSize(2);
    }
}
