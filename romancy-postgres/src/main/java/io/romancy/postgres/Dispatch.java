package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts published messages in order and into mailboxes, alone on the lanes that it holds; a crash at any point leaves them to the next.
 *
 * <p>A run that stays locked, as by a client that lost its power between its last statement and its commit, stops the messages of one lane.
 */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Database database;
    private final HotStatement busy;
    private final HotStatement deliver;
    private final HotStatement deliverLane;
    private final HotStatement shareOut;
    private final HotStatement shareOutLane;
    private final StuckLanes stuck;
    private final StuckLanes stuckCompeting;
    private final AtomicInteger turn = new AtomicInteger();

    Dispatch(Database database) {
        var schema = database.schema();
        this.database = database;
        this.busy = HotStatement.plain(schema, DispatchSql.BUSY);
        this.deliver = HotStatement.impatient(schema, DispatchSql.LANES, DispatchSql.DELIVER);
        this.deliverLane = HotStatement.impatient(schema, DispatchSql.LANE, DispatchSql.DELIVER);
        this.shareOut = HotStatement.impatient(schema, DispatchSql.LANES, DispatchSql.SHARE_OUT);
        this.shareOutLane = HotStatement.impatient(schema, DispatchSql.LANE, DispatchSql.SHARE_OUT);
        this.stuck = new StuckLanes(schema);
        this.stuckCompeting = new StuckLanes(schema);
    }

    /** Two transactions, because both halves lock runs in the order of their numbers; the second only if it has something to do. */
    DispatchResult dispatch(int limit) {
        var done = new Dispatched(limit);
        try {
            if (!stuck.isEmpty() || !attempt(deliver, 0, done)) {
                laneByLane(deliverLane, 0, stuck, done);
            }
            if (done.competing()
                    && done.left() > 0
                    && (!stuckCompeting.isEmpty() || !attempt(shareOut, Lanes.COUNT, done))) {
                laneByLane(shareOutLane, Lanes.COUNT, stuckCompeting, done);
            }
        } catch (SQLException e) {
            throw SqlFailure.of("Dispatching", e);
        }
        return done.result();
    }

    private boolean attempt(HotStatement half, int firstLane, Dispatched done) throws SQLException {
        int offset = turn.getAndAdd(8) & (Lanes.COUNT - 1);
        return attempt(half, firstLane, offset, done.left(), true, done);
    }

    /** After a batch met a locked run: a lane that it stops is left to a later dispatch, and the others are not. */
    private void laneByLane(HotStatement oneLane, int firstLane, StuckLanes locked, Dispatched done)
            throws SQLException {
        List<Integer> lanes =
                database.callRaw(connection -> busy.execute(connection, params -> {}, Dispatch::readBusy));
        done.lanes(false, false, lanes.stream().anyMatch(lane -> lane >= Lanes.COUNT));
        lanes.removeIf(lane -> lane < firstLane || lane >= firstLane + Lanes.COUNT);
        for (int lane : locked.toTry(lanes)) {
            int left = done.left();
            if (left <= 0) {
                done.more();
                return;
            }
            if (!tryLane(oneLane, lane, locked.contains(lane), done)) {
                locked.stopped(lane);
            } else if (done.left() < left) {
                locked.passed(lane);
            }
        }
    }

    /** Takes what stands before the message that cannot be delivered. Of a lane that was stuck before, that is most likely nothing. */
    private boolean tryLane(HotStatement oneLane, int lane, boolean wasStuck, Dispatched done) throws SQLException {
        if (wasStuck && !attempt(oneLane, lane, 0, 1, false, done)) {
            return false;
        }
        if (attempt(oneLane, lane, 0, done.left(), !wasStuck, done)) {
            return true;
        }
        int left;
        do {
            left = done.left();
            if (!attempt(oneLane, lane, 0, 1, !wasStuck, done)) {
                return false;
            }
        } while (done.left() > 0 && done.left() < left);
        return true;
    }

    /** Whoever else holds a lane is soon done, and it is looked at again; with one that is stuck he is not. */
    private boolean attempt(HotStatement some, int firstLane, int offset, int limit, boolean isAwaited, Dispatched done)
            throws SQLException {
        try {
            database.callRaw(connection -> {
                some.executeAll(
                        connection,
                        params -> params.number(firstLane).number(offset).number(limit),
                        row -> readLanes(row, isAwaited, done),
                        done::read);
                return true;
            });
            return true;
        } catch (SQLException e) {
            if (!SqlFailure.isLock(e)) {
                throw e;
            }
            LOG.debug("A dispatch met a locked run first_lane={} limit={}", firstLane, limit, e);
            return false;
        }
    }

    private static List<Integer> readBusy(ResultSet rows) throws SQLException {
        List<Integer> lanes = new ArrayList<>();
        while (rows.next()) {
            lanes.add(rows.getInt(1));
        }
        return lanes;
    }

    private static boolean readLanes(ResultSet row, boolean isAwaited, Dispatched done) throws SQLException {
        row.next();
        int found = row.getInt(3);
        int wanted = row.getInt(4);
        done.lanes(found > wanted, isAwaited && wanted > row.getInt(5), row.getInt(6) > 0);
        return true;
    }
}
