package io.romancy.sqlite;

import io.romancy.spi.commit.Due;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code romancy_run} and {@code romancy_run_body}: the runs and how they change hands. Claimable is what has a {@code run_at} that has
 * passed: ready runs carry the time they became ready, waiting ones their timer, all others none.
 */
final class RunTable {
    private static final String COLUMNS = "no, id, route, state, fence, wake, cancel, waits";
    private static final String BY_NUMBER = "SELECT " + COLUMNS + " FROM romancy_run WHERE no = ?";
    private static final String BY_ID = "SELECT " + COLUMNS + " FROM romancy_run WHERE id = ?";
    private static final String DUE = "SELECT " + COLUMNS
            + ", started_at, run_at FROM romancy_run WHERE route = ? AND run_at <= ? ORDER BY run_at LIMIT ?";
    private static final String OWNED =
            "SELECT " + COLUMNS + " FROM romancy_run WHERE owner = ? AND no > ? ORDER BY no LIMIT ?";

    private static final String NEXT_DUE = """
            SELECT min(run_at) FROM romancy_run WHERE route = ? AND run_at IS NOT NULL
            """;
    private static final String SAME_START = """
            SELECT workflow, start_hash FROM romancy_run WHERE id = ?
            """;
    private static final String INSERT = """
            INSERT INTO romancy_run (id, workflow, route, start_hash, state, run_at, fence, wake, owner, started_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING no
            """;
    private static final String INSERT_BODY = "INSERT INTO romancy_run_body (run, input) VALUES (?, ?)";
    private static final String INPUT = "SELECT input FROM romancy_run_body WHERE run = ?";
    private static final String OUTPUT = "UPDATE romancy_run_body SET output = ? WHERE run = ?";

    private static final String CLAIM = """
            UPDATE romancy_run SET state = 1, run_at = NULL, waits = NULL, owner = ?, fence = fence + 1 WHERE no = ?
            """;
    private static final String LEAVE = """
            UPDATE romancy_run SET state = ?, run_at = ?, waits = ?, ended_at = ?, owner = NULL WHERE no = ?
            """;
    private static final String EVENT = "UPDATE romancy_run SET wake = wake + 1 WHERE no = ?";
    private static final String EVENT_READY =
            "UPDATE romancy_run SET wake = wake + 1, state = 0, run_at = ? WHERE no = ?";
    private static final String ASK_CANCEL = "UPDATE romancy_run SET cancel = ? WHERE no = ?";
    private static final String TAKE_AWAY = """
            UPDATE romancy_run SET state = 0, fence = fence + 1, run_at = ?, owner = NULL, waits = NULL, ended_at = NULL
            """;
    private static final String RETRY = TAKE_AWAY + ", retry = ? WHERE no = ?";
    private static final String LAST_RETRY = "SELECT retry FROM romancy_run WHERE id = ?";
    private static final String TAKE_OF = TAKE_AWAY + "WHERE owner = ?";
    private static final String ENDED_BEFORE =
            "SELECT no FROM romancy_run WHERE ended_at < ? ORDER BY ended_at LIMIT ?";
    private static final String DELETE = "DELETE FROM romancy_run WHERE no = ?";
    private static final String DELETE_BODY = "DELETE FROM romancy_run_body WHERE run = ?";

    private final Session session;

    RunTable(Session session) {
        this.session = session;
    }

    /** A run that is due, before its claim. */
    record DueRun(RunState state, long startedAt, long dueAt) {}

    @Nullable
    RunState byNumber(long no) throws SQLException {
        return session.first(BY_NUMBER, RunTable::state, no);
    }

    @Nullable
    RunState byId(String id) throws SQLException {
        return session.first(BY_ID, RunTable::state, id);
    }

    /** Inserts a run, owned from birth if an owner is named; null if the id exists. */
    @Nullable
    Claim insert(NewInstance instance, @Nullable NodeId owner, Moment moment) throws SQLException {
        Route route = instance.route();
        long fence = owner == null ? 0 : 1;
        Long no = session.first(
                INSERT,
                row -> row.getLong(1),
                instance.id(),
                route.workflow(),
                route.text(),
                instance.startHash(),
                (owner == null ? InstanceStatus.READY : InstanceStatus.RUNNING).code(),
                owner == null ? moment.now() : null,
                fence,
                owner == null ? null : owner.toString(),
                moment.now());
        if (no == null) {
            return null;
        }
        session.update(INSERT_BODY, no, instance.input().toBytes());
        return new Claim(no, instance.id(), fence, 0);
    }

    /** What tells whether a second start of an id is the same as the first; null if there is no such id. */
    @Nullable
    FirstStart firstStart(String id) throws SQLException {
        return session.first(SAME_START, row -> new FirstStart(row.getString(1), row.getString(2)), id);
    }

    List<DueRun> due(Route route, Moment moment, int limit) throws SQLException {
        return session.list(
                DUE, row -> new DueRun(state(row), row.getLong(9), row.getLong(10)), route.text(), moment.now(), limit);
    }

    /** When the first of these routes is due; null if nothing ever is by itself. */
    @Nullable
    Long nextDue(Collection<Route> routes) throws SQLException {
        Long next = null;
        for (Route route : routes) {
            Long due = session.numberOrNull(NEXT_DUE, route.text());
            next = next == null || (due != null && due < next) ? due : next;
        }
        return next;
    }

    void claim(long no, NodeId owner) throws SQLException {
        session.update(CLAIM, owner.toString(), no);
    }

    void suspend(long no, Transition.Suspend suspend, Moment moment) throws SQLException {
        Long due = switch (suspend.due()) {
            case null -> null;
            case Due.In in -> moment.now() + Micros.of(in.span());
            case Due.At at -> Micros.of(at.time());
        };
        var channels = suspend.channels().stream().map(ChannelName::text).toList();
        leave(no, InstanceStatus.WAITING, due, Lines.join(channels), null);
    }

    void release(long no, Moment moment) throws SQLException {
        leave(no, InstanceStatus.READY, moment.now(), null, null);
    }

    void stick(long no, Payload diagnosis) throws SQLException {
        leave(no, InstanceStatus.STUCK, null, null, null);
        session.update(OUTPUT, diagnosis.toBytes(), no);
    }

    void end(long no, InstanceStatus status, Payload payload, Moment moment) throws SQLException {
        leave(no, status, null, null, moment.now());
        session.update(OUTPUT, payload.toBytes(), no);
    }

    private void leave(
            long no, InstanceStatus status, @Nullable Long runAt, @Nullable String waits, @Nullable Long endedAt)
            throws SQLException {
        session.update(LEAVE, status.code(), runAt, waits, endedAt, no);
    }

    /** Counts an event from outside, and makes the run ready if it is to wake. */
    void event(long no, boolean wakes, Moment moment) throws SQLException {
        if (wakes) {
            session.update(EVENT_READY, moment.now(), no);
        } else {
            session.update(EVENT, no);
        }
    }

    void askToCancel(long no, String reason) throws SQLException {
        session.update(ASK_CANCEL, reason, no);
    }

    /** Makes a run that is stuck or has failed ready again; what is still under way for it finds a newer fence. */
    void revive(long no, String key, Moment moment) throws SQLException {
        session.update(RETRY, moment.now(), key, no);
        session.update(OUTPUT, null, no);
    }

    /** The key of the last retry of this instance that was accepted; null if there was none. */
    @Nullable
    String lastRetry(String id) throws SQLException {
        return session.first(LAST_RETRY, row -> row.getString(1), id);
    }

    /** Makes all that a node owns ready for others. */
    void takeFrom(NodeId owner, Moment moment) throws SQLException {
        session.update(TAKE_OF, moment.now(), owner.toString());
    }

    List<RunState> owned(NodeId owner, long afterRun, int limit) throws SQLException {
        return session.list(OWNED, RunTable::state, owner.toString(), afterRun, limit);
    }

    Payload input(long no) throws SQLException {
        byte[] input = session.first(INPUT, row -> row.getBytes(1), no);
        if (input == null) {
            throw new SQLException("romancy_run_body has no row of run " + no);
        }
        return Payload.ofBytes(input);
    }

    List<Long> endedBefore(long time, int limit) throws SQLException {
        return session.list(ENDED_BEFORE, row -> row.getLong(1), time, limit);
    }

    void delete(long no) throws SQLException {
        session.update(DELETE_BODY, no);
        session.update(DELETE, no);
    }

    static RunState state(ResultSet row) throws SQLException {
        return new RunState(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                InstanceStatus.ofCode(row.getInt(4)),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                Lines.split(row.getString(8)));
    }
}
