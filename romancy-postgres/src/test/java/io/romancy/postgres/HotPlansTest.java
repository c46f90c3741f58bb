package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The plans of the hot statements. The server keeps a plan while tables grow, so what matters is not only what it chooses on large tables:
 * it must choose the same when it prepares on empty and on tiny ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotPlansTest {
    private static final Pattern WHOLE_TABLE =
            Pattern.compile("Seq Scan on (?:romancy\\.)?(run|step|msg|delivery|sub|outbox)\\b");

    private static final Pattern SEMICOLON = Pattern.compile(";");

    private TestDatabase empty;
    private TestDatabase tiny;
    private TestDatabase grown;

    @BeforeAll
    void createDatabases() throws SQLException {
        empty = TestDatabase.create();
        tiny = TestDatabase.create();
        grown = TestDatabase.create();
        fill(tiny, 5, 5);
        fill(grown, 60_000, 10_000);
    }

    @AfterAll
    void dropDatabases() {
        List.of(empty, tiny, grown).forEach(TestDatabase::close);
    }

    @Test
    void noStatementReadsATableWholeWhenItIsLarge() throws SQLException {
        assertNoTableIsReadWhole(grown);
    }

    @Test
    void noStatementThatWasPreparedOnATinyTableReadsItWholeLater() throws SQLException {
        assertNoTableIsReadWhole(tiny);
    }

    @Test
    void noStatementThatWasPreparedOnAnEmptyTableReadsItWholeLater() throws SQLException {
        assertNoTableIsReadWhole(empty);
    }

    @Test
    void aClaimWalksTheIndexOfItsRoutesAndLocksInOrder() throws SQLException {
        String plan = plan(grown, HotStatements.claim(schema(), 64)).getFirst();

        assertThat(plan).contains("Index Scan using run_claim").doesNotContain("Sort Key: run.run_at");
    }

    @Test
    void aCommitReachesItsRunsByNumber() throws SQLException {
        for (HotStatement statement : HotStatements.commits(schema())) {
            String plan = plan(grown, statement).getFirst();

            assertThat(plan).contains("using run_pkey on run").doesNotContain("using run_owned", "using run_claim");
        }
    }

    @Test
    void theHeadsOfTheOutboxAreReachedByJumpingFromKeyToKey() throws SQLException {
        String plan = plan(grown, HotStatements.outboxHeads(schema())).getFirst();

        assertThat(plan).contains("using outbox_head").doesNotContain("Sort Key: outbox.key");
    }

    /** Whether a plan has one depends on statistics, so this is about the settings: here the server surely wants it. */
    @Test
    void noStatementLaysOutAMemoryForWhatItMayLookUp() throws SQLException {
        String lookups = "SELECT r.fence FROM {run} n, LATERAL (SELECT fence FROM {run} WHERE no = n.state OFFSET 0) r";

        assertThat(plan(grown, HotStatement.bare(schema(), lookups)).getFirst()).contains("Memoize");
        assertThat(plan(grown, HotStatement.plain(schema(), lookups)).getFirst())
                .doesNotContain("Memoize")
                .contains("run_pkey");
    }

    private static void assertNoTableIsReadWhole(TestDatabase database) throws SQLException {
        List<HotStatement> statements = HotStatements.all(schema());
        assertThat(statements).hasSizeGreaterThan(15);
        for (HotStatement statement : statements) {
            for (String plan : plan(database, statement)) {
                assertThat(plan).as("plan of:%n%s", statement.text()).doesNotContainPattern(WHOLE_TABLE);
                assertThat(plan).as("plan of:%n%s", statement.text()).doesNotContainPattern("Full|JIT:");
                assertNoJoinReadsATableByItsIndexWhole(plan);
            }
        }
    }

    /** An index scan without a condition is a sequential scan in another order. */
    private static void assertNoJoinReadsATableByItsIndexWhole(String plan) {
        List<String> lines = plan.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i)
                    .matches(".*Index (Only )?Scan using (run|step|msg|delivery|sub|outbox)_(?!lane_)\\w+ on .*")) {
                boolean hasCondition = i + 1 < lines.size() && lines.get(i + 1).contains("Index Cond");
                boolean isPartialInOrder =
                        lines.get(i).matches(".*using (msg_new|run_claim|msg_queued|run_owned|outbox_head) on .*");
                assertThat(hasCondition || isPartialInOrder)
                        .as("%s%nin%n%s", lines.get(i), plan)
                        .isTrue();
            }
        }
    }

    /** The generic plans, made under the settings that travel with the statement. */
    private static List<String> plan(TestDatabase database, HotStatement hot) throws SQLException {
        List<String> parts = List.of(SEMICOLON.split(hot.text(), -1));
        List<String> plans = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            for (String part : parts) {
                if (part.contains("set_config('enable_seqscan'")) {
                    statement.execute(part);
                } else if (!part.isBlank()) {
                    plans.add(explain(statement, part));
                }
            }
            connection.rollback();
        }
        return plans;
    }

    private static String explain(Statement statement, String sql) throws SQLException {
        var numbered = new StringBuilder();
        int parameters = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.charAt(i) == '?') {
                numbered.append('$').append(++parameters);
            } else {
                numbered.append(sql.charAt(i));
            }
        }
        statement.execute("PREPARE hot AS " + numbered);
        String nulls = String.join(", ", java.util.Collections.nCopies(parameters, "NULL"));
        var plan = new StringBuilder();
        try (ResultSet lines =
                statement.executeQuery("EXPLAIN EXECUTE hot" + (parameters == 0 ? "" : "(" + nulls + ")"))) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        statement.execute("DEALLOCATE hot");
        return plan.toString();
    }

    private static Schema schema() {
        return new Schema("romancy");
    }

    private static void fill(TestDatabase database, int ended, int waiting) throws SQLException {
        try (Connection connection = database.connect()) {
            GrownTables.fill(connection, ended, waiting);
        }
    }
}
