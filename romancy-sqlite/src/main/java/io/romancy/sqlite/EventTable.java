package io.romancy.sqlite;

import io.romancy.spi.model.Payload;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code romancy_outbox}: events on their way out. An event without a key has its own id as key. */
final class EventTable {
    private static final int SENT = 1;
    static final int REJECTED = 2;
    static final int EXPIRED = 3;

    private static final String ADD = """
            INSERT INTO romancy_outbox (at, next_at, attempts, lane, state, key, event_id, type, headers, body)
            VALUES (?1, ?1, 0, ?2, 0, ?3, ?4, ?5, ?6, ?7)
            """;
    // From the head of one key to that of the next, whatever waits behind it.
    private static final String NEXT_HEAD = """
            SELECT id, at, next_at, attempts, key, event_id, type, headers, body, coalesce(done_at, at) FROM romancy_outbox
            WHERE state = 0 AND lane = ? AND key > ? ORDER BY key, id LIMIT 1
            """;
    // An attempt has one outcome: when the answer was lost it is recorded again, and must not count twice.
    private static final String LATER = """
            UPDATE romancy_outbox SET attempts = attempts + 1, next_at = ?, reason = ?
            WHERE id = ? AND state = 0 AND attempts = ? - 1
            """;
    private static final String FINISH = """
            UPDATE romancy_outbox SET state = ?1, done_at = ?2, reason = ?3, attempts = attempts + (?1 <> 3)
            WHERE id = ?4 AND state = 0 AND attempts = ?5 - 1
            """;
    private static final String SET_ASIDE = """
            SELECT id, event_id, type, key, at, done_at, attempts, state, coalesce(reason, '') FROM romancy_outbox
            WHERE state > 1 AND state = ? AND id < ? ORDER BY id DESC LIMIT ?
            """;
    private static final String PUT_BACK =
            "UPDATE romancy_outbox SET state = 0, next_at = ?1, done_at = ?1 WHERE id = ?2 AND state > 1";
    private static final String ANY_OLD = "SELECT 1 FROM romancy_outbox WHERE state <> 0 AND done_at < ? LIMIT 1";
    private static final String PURGE = """
            DELETE FROM romancy_outbox WHERE id IN (
              SELECT id FROM romancy_outbox WHERE state <> 0 AND done_at < ? ORDER BY done_at LIMIT ?)
            """;
    private static final String PENDING_COUNT =
            "SELECT count(*) FROM (SELECT 1 FROM romancy_outbox WHERE state = 0 LIMIT ?)";
    private static final String SET_ASIDE_COUNT =
            "SELECT count(*) FROM (SELECT 1 FROM romancy_outbox WHERE state > 1 AND state = ? LIMIT ?)";

    private final Session session;

    EventTable(Session session) {
        this.session = session;
    }

    /** An event that is the oldest of its key, in microseconds of the database's clock; its age counts from {@code since}. */
    record Head(long number, long since, long nextAt, String key, OutboxRecord event) {}

    void add(NewEvent event, Moment moment) throws SQLException {
        String given = event.key();
        String key = given == null ? event.id() : given;
        session.update(
                ADD,
                moment.now(),
                Math.floorMod(key.hashCode(), OutboxStore.LANES),
                key,
                event.id(),
                event.type(),
                Lines.ofMap(event.headers()),
                event.payload().toBytes());
    }

    /** The head of the first key behind this one. */
    @Nullable
    Head nextHead(OutboxLane lane, String after) throws SQLException {
        return session.first(NEXT_HEAD, EventTable::head, lane.number(), after);
    }

    /** Records an outcome; says whether it was taken. */
    boolean record(OutboxOutcome outcome, Moment moment) throws SQLException {
        return switch (outcome) {
            case OutboxOutcome.Sent(var head) -> finish(head, SENT, null, moment);
            case OutboxOutcome.Rejected(var head, var reason) -> finish(head, REJECTED, reason, moment);
            case OutboxOutcome.Expired(var head, var reason) -> finish(head, EXPIRED, reason, moment);
            case OutboxOutcome.Later(var head, var pause, var reason) -> {
                long next = moment.now() + Micros.of(pause);
                int attempt = head.event().attempt();
                yield session.update(LATER, next, kept(reason), head.number(), attempt) == 1;
            }
        };
    }

    private boolean finish(OutboxHead head, int state, @Nullable String reason, Moment moment) throws SQLException {
        int attempt = head.event().attempt();
        return session.update(FINISH, state, moment.now(), kept(reason), head.number(), attempt) == 1;
    }

    private static @Nullable String kept(@Nullable String reason) {
        return reason == null ? null : OutboxStore.kept(reason);
    }

    /** What was set aside in this way, the last first. */
    List<SetAsideEvent> setAside(int state, long below, int limit) throws SQLException {
        return session.list(SET_ASIDE, EventTable::setAside, state, below, limit);
    }

    private static SetAsideEvent setAside(ResultSet row) throws SQLException {
        String id = row.getString(2);
        String key = row.getString(4);
        return new SetAsideEvent(
                row.getLong(1),
                id,
                row.getString(3),
                key.equals(id) ? null : key,
                Micros.instant(row.getLong(5)),
                Micros.instant(row.getLong(6)),
                row.getInt(7),
                row.getInt(8) == EXPIRED,
                row.getString(9));
    }

    boolean putBack(long number, Moment moment) throws SQLException {
        return session.update(PUT_BACK, moment.now(), number) == 1;
    }

    boolean anyDoneBefore(long time) throws SQLException {
        return session.exists(ANY_OLD, time);
    }

    int purge(long before, int limit) throws SQLException {
        return session.update(PURGE, before, limit);
    }

    int pending(int most) throws SQLException {
        return (int) session.number(PENDING_COUNT, most);
    }

    int setAsideCount(int state, int most) throws SQLException {
        return (int) session.number(SET_ASIDE_COUNT, state, most);
    }

    private static Head head(ResultSet row) throws SQLException {
        String key = row.getString(5);
        String id = row.getString(6);
        long at = row.getLong(2);
        return new Head(
                row.getLong(1),
                row.getLong(10),
                row.getLong(3),
                key,
                new OutboxRecord(
                        id,
                        row.getString(7),
                        key.equals(id) ? null : key,
                        Lines.toMap(row.getString(8)),
                        Payload.ofBytes(row.getBytes(9)),
                        Micros.instant(at),
                        row.getInt(4) + 1));
    }
}
