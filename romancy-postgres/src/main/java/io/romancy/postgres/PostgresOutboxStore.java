package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.BLOB;
import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.LONG;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.notification.FlatJson;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox, from added to published: {@link OutboxSql} says who races with what. */
final class PostgresOutboxStore implements OutboxStore {
    /** {@code state} of a row. */
    private static final int PENDING = 0;

    private static final int SENT = 1;
    private static final int REJECTED = 2;
    private static final int EXPIRED = 3;

    private final Database database;
    private final HotStatement add;
    private final HotStatement hold;
    private final HotStatement release;
    private final HotStatement heads;
    private final HotStatement record;
    private final HotStatement setAside;
    private final HotStatement putBack;
    private final HotStatement purge;
    private final HotStatement count;

    PostgresOutboxStore(Database database) {
        this.database = database;
        var schema = database.schema();
        add = HotStatement.bare(schema, OutboxSql.ADD);
        hold = HotStatement.plain(schema, OutboxSql.HOLD);
        release = HotStatement.impatient(schema, OutboxSql.RELEASE);
        heads = HotStatement.plain(schema, OutboxSql.HEADS);
        record = HotStatement.impatient(schema, OutboxSql.RECORD);
        setAside = HotStatement.plain(schema, OutboxSql.SET_ASIDE);
        putBack = HotStatement.plain(schema, OutboxSql.PUT_BACK);
        purge = HotStatement.plain(schema, OutboxSql.PURGE);
        count = HotStatement.plain(schema, OutboxSql.COUNT);
    }

    /** One statement and no savepoint: what could make it fail was checked before. */
    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        var rows = new Columns(INT, TEXT, TEXT, TEXT, TEXT, BLOB);
        for (NewEvent event : events) {
            String given = event.key();
            String key = given == null ? event.id() : given;
            rows.add(
                    Lanes.ofTarget(key),
                    key,
                    event.id(),
                    event.type(),
                    event.headers().isEmpty() ? null : FlatJson.write(event.headers()),
                    event.payload().toBytes());
        }
        Connection connection = transaction.unwrap(Connection.class);
        try {
            add.execute(connection, rows::bind, ResultSet::next);
        } catch (SQLException e) {
            throw SqlFailure.of("Adding to the outbox", e);
        }
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return database.call(
                "Holding lanes of the outbox",
                connection -> hold.execute(
                        connection, params -> params.uuid(node.value()), PostgresOutboxStore::readHolding));
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        var rows = new Columns(INT, LONG);
        lanes.forEach(lane -> rows.add(lane.number(), lane.fence()));
        database.call(
                "Releasing lanes of the outbox",
                connection -> release.execute(
                        connection,
                        params -> {
                            rows.bind(params);
                            params.uuid(node.value());
                        },
                        ResultSet::next));
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        var rows = new Columns(INT, LONG, TEXT);
        lanes.forEach(lane -> rows.add(lane.number(), lane.fence(), lane.after()));
        return database.call(
                "Looking into the outbox",
                connection -> heads.execute(
                        connection,
                        params -> {
                            params.uuid(node.value());
                            rows.bind(params);
                            params.number(keysOfLane);
                        },
                        found -> new OutboxHeadRows(keysOfLane).read(found)));
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        var rows = new Columns(INT, LONG, LONG, INT, INT, LONG, TEXT);
        outcomes.forEach(outcome -> addOutcome(rows, outcome));
        return database.call(
                "Recording what became of events",
                connection -> record.execute(
                        connection,
                        params -> {
                            rows.bind(params);
                            params.uuid(node.value());
                        },
                        PostgresOutboxStore::count));
    }

    private static void addOutcome(Columns rows, OutboxOutcome outcome) {
        switch (outcome) {
            case OutboxOutcome.Sent sent -> addOutcome(rows, outcome, SENT, null, null);
            case OutboxOutcome.Later(var head, var pause, var reason) ->
                addOutcome(rows, outcome, PENDING, Cells.micros(pause), reason);
            case OutboxOutcome.Rejected(var head, var reason) -> addOutcome(rows, outcome, REJECTED, null, reason);
            case OutboxOutcome.Expired(var head, var reason) -> addOutcome(rows, outcome, EXPIRED, null, reason);
        }
    }

    private static void addOutcome(
            Columns rows, OutboxOutcome outcome, int state, @Nullable Long pause, @Nullable String reason) {
        var head = outcome.head();
        rows.add(
                head.lane(),
                head.fence(),
                head.number(),
                head.event().attempt(),
                state,
                pause,
                reason == null ? null : storable(reason));
    }

    /** What another system said may be anything, and must not make a batch fail. */
    private static String storable(String reason) {
        return OutboxStore.kept(reason.replaceAll("[\\u0000\\p{Cs}]", "?"));
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return database.call(
                "Listing what the outbox set aside",
                connection -> setAside.execute(
                        connection,
                        params -> params.number(below).number(limit).number(limit),
                        PostgresOutboxStore::readSetAside));
    }

    private static List<SetAsideEvent> readSetAside(ResultSet rows) throws SQLException {
        List<SetAsideEvent> found = new ArrayList<>();
        while (rows.next()) {
            String id = rows.getString(2);
            String key = rows.getString(4);
            String reason = rows.getString(9);
            found.add(new SetAsideEvent(
                    rows.getLong(1),
                    id,
                    rows.getString(3),
                    key.equals(id) ? null : key,
                    Cells.instant(rows.getLong(5)),
                    Cells.instant(rows.getLong(6)),
                    rows.getInt(7),
                    rows.getBoolean(8),
                    reason == null ? "" : reason));
        }
        return found;
    }

    @Override
    public boolean putBack(long number) {
        return database.call(
                        "Putting an event back into the outbox",
                        connection -> putBack.execute(
                                connection, params -> params.number(number), PostgresOutboxStore::count))
                == 1;
    }

    @Override
    public int purge(Duration retention, int limit) {
        return database.call(
                "Purging the outbox",
                connection -> purge.execute(
                        connection,
                        params -> params.number(Cells.micros(retention)).number(limit),
                        PostgresOutboxStore::count));
    }

    @Override
    public OutboxCounts counts() {
        return database.call(
                "Counting the outbox",
                connection -> count.execute(connection, params -> {}, row -> {
                    row.next();
                    return new OutboxCounts(row.getInt(1), row.getInt(2), row.getInt(3));
                }));
    }

    private static OutboxHolding readHolding(ResultSet rows) throws SQLException {
        List<OutboxLane> lanes = new ArrayList<>();
        int share = 0;
        while (rows.next()) {
            share = rows.getInt(1);
            int number = rows.getInt(2);
            if (!rows.wasNull()) {
                lanes.add(new OutboxLane(number, rows.getLong(3), ""));
            }
        }
        return new OutboxHolding(lanes, share);
    }

    private static int count(ResultSet row) throws SQLException {
        row.next();
        return row.getInt(1);
    }
}
