package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for cancellations. Outside a transaction the run hears of it at once; in a transaction of the application, which must not lock a
 * run, it is a message that dispatch delivers after the commit.
 */
final class Cancels {
    private static final String UPDATE = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            i AS MATERIALIZED (
              SELECT r.no, a.reason FROM unnest((SELECT ?::text[]), (SELECT ?::text[])) a(id, reason),
                LATERAL (SELECT no FROM {run} WHERE id = a.id AND state < 4 OFFSET 0) r),
            -- Races with the run's own end, with claims and dispatch; this lock decides, in order of the number.
            lk AS MATERIALIZED (
              SELECT o.no, o.reason, r.id FROM (SELECT * FROM i ORDER BY no) o,
                LATERAL (SELECT id FROM {run} WHERE no = o.no AND state < 4 FOR NO KEY UPDATE) r),
            u AS (
              -- What is stuck goes on, to its end, also when it was asked before: the diagnosis is history.
              UPDATE {run} r SET cancel = coalesce(r.cancel, lk.reason), wake = r.wake + 1, output = NULL,
                state = CASE WHEN r.state IN (2, 3) THEN 0 ELSE r.state END,
                run_at = CASE WHEN r.state IN (2, 3) THEN (SELECT at FROM clock) ELSE r.run_at END
              FROM lk WHERE r.no BETWEEN lk.no AND lk.no AND (r.cancel IS NULL OR r.state = 3))
            SELECT id, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock) FROM lk
            """;

    /** Kind and headers: see the columns of msg. */
    private static final String INSERT = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            m AS (
              INSERT INTO {msg} (at, lane, kind, channel, target, headers)
              SELECT (SELECT at FROM clock), i.lane, 'x', '', i.id, i.reason
              FROM unnest((SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::integer[])) i(id, reason, lane)
              WHERE (SELECT state < 4 FROM {run} WHERE id = i.id) RETURNING target)
            SELECT target, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock) FROM m
            """;

    private static final String WHY_NOT = """
            SELECT i.id, r.state FROM unnest((SELECT ?::text[])) i(id),
              LATERAL (SELECT state FROM {run} WHERE id = i.id OFFSET 0) r
            """;

    private final Database database;
    private final HotStatement update;
    private final HotStatement insert;
    private final HotStatement whyNot;
    private final HotStatement joinedWhyNot;

    Cancels(Database database) {
        this.database = database;
        this.update = HotStatement.impatient(database.schema(), UPDATE);
        this.insert = HotStatement.bare(database.schema(), INSERT);
        this.whyNot = HotStatement.plain(database.schema(), WHY_NOT);
        this.joinedWhyNot = HotStatement.bare(database.schema(), WHY_NOT);
    }

    void cancel(List<Item<Commit.Cancel>> items) {
        new Isolation<Commit.Cancel>(database, "Cancelling", (connection, some, skipLocked) -> {
                    var rows = new Columns(TEXT, TEXT);
                    firstOfEach(some)
                            .forEach((id, item) -> rows.add(id, item.commit().reason()));
                    write(connection, some, update, rows, whyNot);
                })
                .run(checked(items));
    }

    void cancelIn(Connection transaction, List<Item<Commit.Cancel>> items) throws SQLException {
        var good = checked(items);
        var rows = new Columns(TEXT, TEXT, INT);
        firstOfEach(good).forEach((id, item) -> rows.add(id, item.commit().reason(), Lanes.ofTarget(id)));
        if (!rows.isEmpty()) {
            write(transaction, good, insert, rows, joinedWhyNot);
        }
    }

    private static List<Item<Commit.Cancel>> checked(List<Item<Commit.Cancel>> items) {
        List<Item<Commit.Cancel>> good = new ArrayList<>();
        for (var item : items) {
            try {
                Check.name("Instance id", item.commit().id());
                Check.text("Reason of a cancellation", item.commit().reason());
                good.add(item);
            } catch (RomancyException refused) {
                item.refuse(refused);
            }
        }
        return good;
    }

    /** The first reason is kept. */
    private static Map<String, Item<Commit.Cancel>> firstOfEach(List<Item<Commit.Cancel>> items) {
        Map<String, Item<Commit.Cancel>> first = new TreeMap<>();
        items.forEach(item -> first.putIfAbsent(item.commit().id(), item));
        return first;
    }

    private static void write(
            Connection connection,
            List<Item<Commit.Cancel>> items,
            HotStatement statement,
            Columns rows,
            HotStatement whyNot)
            throws SQLException {
        Map<String, CommitResult> answers = new HashMap<>();
        statement.execute(connection, rows::bind, done -> readDone(done, answers));
        String[] others = items.stream()
                .map(item -> item.commit().id())
                .filter(id -> !answers.containsKey(id))
                .distinct()
                .toArray(String[]::new);
        if (others.length > 0) {
            for (String id : others) {
                answers.put(id, Absent.notFound(id));
            }
            whyNot.execute(connection, params -> params.texts(others), states -> readStates(states, answers));
        }
        for (var item : items) {
            CommitResult answer = answers.get(item.commit().id());
            if (answer != null) {
                item.answer(answer);
            }
        }
    }

    private static boolean readDone(ResultSet done, Map<String, CommitResult> answers) throws SQLException {
        while (done.next()) {
            answers.put(done.getString(1), new CommitResult.Accepted(Cells.instant(done, 2)));
        }
        return true;
    }

    /** An instance that was started in between gets no answer here and is asked for again. */
    private static boolean readStates(ResultSet states, Map<String, @Nullable CommitResult> answers)
            throws SQLException {
        while (states.next()) {
            String id = states.getString(1);
            var status = InstanceStatus.ofCode(states.getInt(2));
            answers.put(id, status.isFinal() ? Absent.ended(id, status) : null);
        }
        return true;
    }
}
