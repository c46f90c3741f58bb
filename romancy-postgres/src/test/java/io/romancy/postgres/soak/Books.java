package io.romancy.postgres.soak;

import io.romancy.spi.model.InstanceStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the database when all is over, row by row and without Romancy, and notes what does not add up: what was lost, what is there twice,
 * what somebody wrote who had no right to, and what was left behind.
 */
final class Books {
    /** As the engine numbers them in {@code run.state}. */
    private static final List<InstanceStatus> ENDS =
            List.of(InstanceStatus.COMPLETED, InstanceStatus.FAILED, InstanceStatus.CANCELLED);

    private static final int FIRST_END = 4;

    /** Histories, with the last record of those that ended, which may be in the row of the run. */
    private static final String RECORDS = """
            CREATE TEMPORARY VIEW record AS
            SELECT run, fence, pos, kind, name FROM step
            UNION ALL SELECT no, fence, last_pos, last_kind, last_name FROM run WHERE last_pos IS NOT NULL""";

    private final Connection connection;
    private final List<String> problems = new ArrayList<>();

    /** On a connection whose search path leads to the engine's tables and to the ledger's. */
    Books(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute(RECORDS);
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    void problem(String id, String what) {
        problems.add(id + " " + what);
    }

    /** It is there, and ended so. */
    void ended(String id, InstanceStatus expected) throws SQLException {
        List<String> states = texts("SELECT state::text FROM run WHERE id = ?", id);
        String state = String.valueOf(FIRST_END + ENDS.indexOf(expected));
        if (!states.equals(List.of(state))) {
            problem(id, "has the states " + states + " and not " + state + ", " + expected);
        }
    }

    /** Its history says exactly this. */
    void history(String id, List<String> expected) throws SQLException {
        List<String> names =
                texts("SELECT name FROM record WHERE run = (SELECT no FROM run WHERE id = ?) ORDER BY pos", id);
        if (!names.equals(expected)) {
            problem(id, "has the history " + names + " and not " + expected);
        }
    }

    /** Whether an operation has its outcome; a record of a failed attempt, which another was to follow, is none. */
    boolean hasOutcome(String id, String name) throws SQLException {
        return texts("SELECT name FROM record WHERE run = (SELECT no FROM run WHERE id = ?) AND kind >= 0", id)
                .contains(name);
    }

    /** The ledger knows exactly these deeds, each first done in this order; a crash may have repeated one. */
    void did(String id, List<String> expected) throws SQLException {
        List<String> deeds = texts("SELECT what FROM soak_deed WHERE id = ? GROUP BY what ORDER BY min(no)", id);
        if (!deeds.equals(expected)) {
            problem(id, "did " + deeds + " and not " + expected);
        }
    }

    /** A query about an id counts this much. */
    void count(int expected, String id, String query) throws SQLException {
        List<String> counted = texts(query, id);
        if (!counted.equals(List.of(String.valueOf(expected)))) {
            problem(id, "is there " + counted + " times and not " + expected + ": " + query);
        }
    }

    /** What holds for everything, whatever its kind. */
    void whole() throws SQLException {
        none(
                "is not ended, or still owned or due",
                "SELECT id FROM run WHERE state < 4 OR owner IS NOT NULL OR run_at IS NOT NULL");
        none("has a hole in its history", """
                SELECT r.id FROM run r JOIN record s ON s.run = r.no GROUP BY r.id
                HAVING count(*) <> max(s.pos) - min(s.pos) + 1 OR min(s.pos) <> 0""");
        none("has an operation twice", """
                SELECT r.id FROM run r JOIN record s ON s.run = r.no GROUP BY r.id, s.name HAVING count(*) > 1""");
        none("was written by one who had lost it", """
                SELECT DISTINCT r.id FROM run r JOIN
                  (SELECT run, fence < lag(fence) OVER (PARTITION BY run ORDER BY pos) AS earlier, fence FROM record) s
                  ON s.run = r.no WHERE s.earlier OR s.fence > r.fence""");
        none(
                "has history and no run",
                "SELECT DISTINCT s.run::text FROM record s LEFT JOIN run r ON r.no = s.run WHERE r.no IS NULL");
        none("was not dispatched", "SELECT channel || ' to ' || coalesce(target, 'all') FROM msg WHERE seq IS NULL");
        none("is queued, and nobody took it", "SELECT channel FROM msg WHERE queued");
        none("was left in a mailbox", "SELECT r.id FROM delivery d JOIN run r ON r.no = d.run");
        none("was left subscribed", "SELECT channel FROM sub");
        none("was not sent", "SELECT event_id FROM outbox WHERE state <> 1");
        none("is an event that nobody got", """
                SELECT event_id FROM outbox LEFT JOIN soak_published ON event = event_id WHERE event IS NULL""");
        none("is an event that nobody added", """
                SELECT event FROM soak_published LEFT JOIN outbox ON event = event_id WHERE event_id IS NULL""");
        none("came out of the order of its key", """
                SELECT event_id FROM (SELECT event_id, first < lag(first) OVER (PARTITION BY o.key ORDER BY o.id) AS early
                  FROM outbox o JOIN (SELECT event, min(no) AS first FROM soak_published GROUP BY event) p
                  ON p.event = o.event_id) x WHERE early""");
        none("is an order without an event or a workflow", """
                SELECT s.id FROM soak_order s LEFT JOIN run r ON r.id = s.id LEFT JOIN outbox o ON o.event_id = s.event
                WHERE r.id IS NULL OR o.id IS NULL""");
    }

    /** How often bodies ran again, because their process died, or stopped, before the record. Allowed, and worth knowing. */
    long repeatedDeeds() throws SQLException {
        return Long.parseLong(texts("SELECT count(*) - count(DISTINCT (id, what)) FROM soak_deed WHERE id <> ?", "")
                .getFirst());
    }

    long rows(String table) throws SQLException {
        return Long.parseLong(
                texts("SELECT count(*) FROM " + table + " WHERE ? = ''", "").getFirst());
    }

    private void none(String what, String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                problem(rows.getString(1), what);
            }
        }
    }

    private List<String> texts(String query, String parameter) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d problems", problems.size());
    }
}
