package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.BLOB;
import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages: one insert, no lock of a run, no fan-out; dispatch does the rest after the commit. Two publishes of one uid race; the
 * unique index decides, and a second statement tells a duplicate from a target that is not there.
 */
final class Publishes {
    private static final String WRITE = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            m AS (
              INSERT INTO {msg} (at, lane, kind, channel, uid, target, sender, headers, body)
              SELECT (SELECT at FROM clock), i.lane, i.kind, i.channel, i.uid, i.target, i.sender, i.headers, i.body
              FROM unnest((SELECT ?::integer[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]),
                          (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::bytea[]))
                WITH ORDINALITY i(lane, kind, channel, uid, target, sender, headers, body, place)
              WHERE i.target IS NULL OR (SELECT state < 4 FROM {run} WHERE id = i.target)
              ORDER BY i.place
              ON CONFLICT (uid) DO NOTHING RETURNING uid, id)""";

    private static final String INSERT = WRITE + """

            SELECT uid, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock), id FROM m
            """;

    /**
     * The same, and takes the lanes of these messages for the dispatch that follows in the same transaction; one row at least. Their lock
     * decides, as for every dispatch; the snapshot that counts is that of the next statement.
     */
    static final String INSERT_ON_LANES = WRITE + """
            ,
            wanted AS MATERIALIZED (SELECT DISTINCT no FROM unnest((SELECT ?::integer[])) w(no)),
            mine AS MATERIALIZED (
              SELECT l.no FROM (SELECT no FROM wanted ORDER BY no) w,
                LATERAL (SELECT no FROM {lane} WHERE no = w.no FOR NO KEY UPDATE SKIP LOCKED) l)
            SELECT m.uid, (extract(epoch FROM o.at) * 1000000)::bigint, m.id, o.contended
            FROM (SELECT at, (SELECT count(*) FROM wanted) > (SELECT count(*) FROM mine) AS contended, /*hand on*/ FROM clock) o
              LEFT JOIN m ON true
            """.replace("/*hand on*/", DispatchSql.HAND_ON_LANES);

    private static final String WHY_NOT = """
            SELECT i.uid, (extract(epoch FROM m.at) * 1000000)::bigint, m.id, r.state
            FROM unnest((SELECT ?::text[]), (SELECT ?::text[])) i(uid, target)
              LEFT JOIN LATERAL (SELECT at, id FROM {msg} WHERE uid = i.uid OFFSET 0) m ON true
              LEFT JOIN LATERAL (SELECT state FROM {run} WHERE id = i.target OFFSET 0) r ON true
            """;

    private final Database database;
    private final TopicModes modes;
    private final HotStatement insert;
    private final HotStatement insertCarefully;
    private final HotStatement joinedInsert;
    private final HotStatement whyNot;
    private final HotStatement joinedWhyNot;

    Publishes(Database database, TopicModes modes) {
        this.database = database;
        this.modes = modes;
        this.insert = HotStatement.impatient(database.schema(), INSERT);
        this.insertCarefully = HotStatement.hasty(database.schema(), INSERT);
        this.joinedInsert = HotStatement.bare(database.schema(), INSERT);
        this.whyNot = HotStatement.plain(database.schema(), WHY_NOT);
        this.joinedWhyNot = HotStatement.bare(database.schema(), WHY_NOT);
    }

    void publish(List<Item<Commit.Publish>> items) {
        new Isolation<Commit.Publish>(
                        database,
                        "Publishing",
                        (connection, some, careful) ->
                                write(connection, some, careful ? insertCarefully : insert, whyNot))
                .run(checked(items));
    }

    void publishIn(Connection transaction, List<Item<Commit.Publish>> items) throws SQLException {
        write(transaction, checked(items), joinedInsert, joinedWhyNot);
        for (var item : items) {
            if (!item.isAnswered()) {
                throw new SQLException("the target of a message was started meanwhile", "40001");
            }
        }
    }

    /** Answers those that can never be taken, and returns the others. */
    List<Item<Commit.Publish>> checked(List<Item<Commit.Publish>> items) {
        List<Item<Commit.Publish>> good = new ArrayList<>();
        for (var item : items) {
            try {
                MessageRow.check(item.commit().message());
                modes.check(item.commit().message());
                good.add(item);
            } catch (RomancyException refused) {
                item.refuse(refused);
            }
        }
        return good;
    }

    private static void write(
            Connection connection, List<Item<Commit.Publish>> items, HotStatement insert, HotStatement whyNot)
            throws SQLException {
        if (!items.isEmpty()) {
            var rows = new Rows(items);
            insert.execute(connection, rows.columns::bind, rows::answer);
            explain(connection, items, whyNot);
        }
    }

    /** Answers those that the insert left out, for the first time or again. */
    void explain(Connection connection, List<Item<Commit.Publish>> items) throws SQLException {
        explain(connection, items, whyNot);
    }

    private static void explain(Connection connection, List<Item<Commit.Publish>> items, HotStatement whyNot)
            throws SQLException {
        var others = items.stream().filter(item -> !item.isAnswered()).toList();
        if (!others.isEmpty()) {
            var asked = new Columns(TEXT, TEXT);
            others.forEach(item -> asked.add(
                    item.commit().message().uid(), item.commit().message().target()));
            whyNot.execute(connection, asked::bind, reasons -> answerOthers(others, reasons));
        }
    }

    /** Messages as the insert takes them, and who hears of each. */
    static final class Rows {
        final Columns columns = new Columns(INT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, BLOB);
        private final Map<String, List<Item<Commit.Publish>>> byUid = new HashMap<>();

        Rows(List<Item<Commit.Publish>> items) {
            for (var item : items) {
                var row = MessageRow.of(item.commit().message());
                byUid.computeIfAbsent(row.uid(), uid -> new ArrayList<>()).add(item);
                columns.add(
                        row.lane(),
                        row.kind(),
                        row.channel(),
                        row.uid(),
                        row.target(),
                        row.sender(),
                        row.headers(),
                        row.body());
            }
        }

        boolean answer(ResultSet inserted) throws SQLException {
            while (inserted.next()) {
                answerOne(inserted);
            }
            return true;
        }

        /** Answers whoever this row of the result is about, if it is about a message. */
        void answerOne(ResultSet inserted) throws SQLException {
            @Nullable String uid = inserted.getString(1);
            if (uid != null) {
                var answer = new CommitResult.Accepted(Cells.instant(inserted, 2), inserted.getLong(3));
                byUid.getOrDefault(uid, List.of()).forEach(item -> item.answer(answer));
            }
        }
    }

    private static boolean answerOthers(List<Item<Commit.Publish>> others, ResultSet reasons) throws SQLException {
        Map<String, CommitResult> duplicates = new HashMap<>();
        Map<String, Integer> states = new HashMap<>();
        while (reasons.next()) {
            long message = reasons.getLong(3);
            if (!reasons.wasNull()) {
                duplicates.put(reasons.getString(1), new CommitResult.Accepted(Cells.instant(reasons, 2), message));
            }
            int state = reasons.getInt(4);
            if (!reasons.wasNull()) {
                states.put(reasons.getString(1), state);
            }
        }
        for (var item : others) {
            NewMessage message = item.commit().message();
            CommitResult answer = duplicates.get(message.uid());
            if (answer == null) {
                answer = refusal(message.target(), states.get(message.uid()));
            }
            if (answer != null) {
                item.answer(answer);
            }
        }
        return true;
    }

    /** No refusal, no answer: the target was started, or the message deleted, in between, and it is sent again. */
    private static @Nullable CommitResult refusal(@Nullable String target, @Nullable Integer state) {
        if (target == null) {
            return null;
        }
        if (state == null) {
            return Absent.notFound(target);
        }
        var status = InstanceStatus.ofCode(state);
        return status.isFinal() ? Absent.ended(target, status) : null;
    }
}
