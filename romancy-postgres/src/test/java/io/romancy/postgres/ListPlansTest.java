package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How lists of what went wrong find it, long ago and among many that completed: in the order of an index, page by page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPlansTest {
    private static final int LIMIT = 200;
    private static final Pattern FILTERED = Pattern.compile("Rows Removed by Filter: ([0-9]+)");

    private TestDatabase database;

    @BeforeAll
    void grow() throws SQLException {
        database = TestDatabase.create();
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            GrownTables.fill(connection, 60_000, 1_000);
            statement.execute("UPDATE romancy.run SET state = 5 WHERE no < 20000 AND no % 2 = 0");
            statement.execute("UPDATE romancy.run SET state = 3, ended_at = NULL WHERE no < 20");
            statement.execute("UPDATE romancy.run SET state = 6 WHERE no > 40000 AND no % 4000 = 0");
            statement.execute("VACUUM ANALYZE romancy.run");
        }
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"FAILED,", "STUCK,", "CANCELLED,", "STUCK,FAILED", "FAILED,CANCELLED"})
    void readNoMoreThanAPage(InstanceStatus one, @Nullable InstanceStatus another) throws SQLException {
        Set<InstanceStatus> statuses = another == null ? Set.of(one) : Set.of(one, another);
        var query = new InstanceQuery(null, statuses, null, Long.MAX_VALUE, LIMIT);

        String plan = plan(query);

        assertThat(plan).contains("using run_astray on run").doesNotContain("Seq Scan on run");
        assertThat(rowsReadInVain(plan)).as(plan).isZero();
        assertThat(database.storage().instances().list(query))
                .hasSizeBetween(1, LIMIT)
                .extracting(InstanceInfo::status)
                .allMatch(statuses::contains);
    }

    private String plan(InstanceQuery query) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            var dsl = new Schema("romancy").on(connection);
            var lines = statement.executeQuery(
                    "EXPLAIN (ANALYZE, TIMING OFF) " + dsl.renderInlined(PostgresInstanceStore.listing(dsl, query)));
            var plan = new StringBuilder();
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    private static long rowsReadInVain(String plan) {
        return FILTERED.matcher(plan)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }
}
