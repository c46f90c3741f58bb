package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts published messages in order and into mailboxes, alone on the lanes that it holds; a crash at any point leaves them to the next. */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Database database;
    private final HotStatement deliver;
    private final HotStatement shareOut;
    private final AtomicInteger turn = new AtomicInteger();

    Dispatch(Database database) {
        this.database = database;
        this.deliver = HotStatement.impatient(database.schema(), DispatchSql.LANES, DispatchSql.DELIVER);
        this.shareOut = HotStatement.impatient(database.schema(), DispatchSql.LANES, DispatchSql.SHARE_OUT);
    }

    /** Two transactions, because both halves lock runs in the order of their numbers; the second only if it has something to do. */
    DispatchResult dispatch(int limit) {
        var done = new Dispatched(limit);
        round(deliver, 0, done);
        if (done.competing() && done.left() > 0) {
            round(shareOut, Lanes.COUNT, done);
        }
        return done.result();
    }

    /** A batch that met a locked run is tried again with one message; if that one is stuck too, its lane waits for the next poll. */
    private void round(HotStatement half, int firstLane, Dispatched done) {
        try {
            if (!attempt(half, firstLane, done.left(), done)) {
                attempt(half, firstLane, 1, done);
            }
        } catch (SQLException e) {
            throw SqlFailure.of("Dispatching", e);
        }
    }

    private boolean attempt(HotStatement half, int firstLane, int limit, Dispatched done) throws SQLException {
        int offset = turn.getAndAdd(8) & (Lanes.COUNT - 1);
        try {
            database.callRaw(connection -> {
                half.executeAll(
                        connection,
                        params -> params.number(firstLane).number(offset).number(limit),
                        row -> readLanes(row, done),
                        done::read);
                return true;
            });
            return true;
        } catch (SQLException e) {
            if (!SqlFailure.isLock(e)) {
                throw e;
            }
            LOG.debug("A dispatch met a locked run limit={}", limit, e);
            return false;
        }
    }

    private static boolean readLanes(ResultSet row, Dispatched done) throws SQLException {
        row.next();
        int found = row.getInt(3);
        int wanted = row.getInt(4);
        done.lanes(found > wanted, wanted > row.getInt(5), row.getInt(6) > 0);
        return true;
    }
}
