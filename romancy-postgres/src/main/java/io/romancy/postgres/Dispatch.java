package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.DispatchResult.Woken;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts published messages in order and into mailboxes, alone on the lanes that it holds; a crash at any point leaves them to the next. */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Database database;
    private final HotStatement lanes;
    private final HotStatement deliver;
    private final HotStatement shareOut;
    private final HotStatement askAgain;
    private final AtomicInteger turn = new AtomicInteger();

    Dispatch(Database database) {
        this.database = database;
        this.lanes = HotStatement.plain(database.schema(), DispatchSql.LANES);
        this.deliver = HotStatement.impatient(database.schema(), DispatchSql.DELIVER);
        this.shareOut = HotStatement.impatient(database.schema(), DispatchSql.SHARE_OUT);
        this.askAgain = HotStatement.plain(database.schema(), DispatchSql.ASK_AGAIN);
    }

    DispatchResult dispatch(int limit) {
        var result = new Result();
        round(limit, 0, this::deliver, result);
        if (result.found < limit) {
            round(limit - result.found, Lanes.COUNT, this::shareOut, result);
        }
        return result.toResult();
    }

    /** A batch that met a locked run is tried again with one message; if that one is stuck too, its lane waits for the next poll. */
    private void round(int limit, int firstLane, Half half, Result result) {
        try {
            if (!attempt(limit, firstLane, half, result)) {
                attempt(1, firstLane, half, result);
            }
        } catch (SQLException e) {
            throw SqlFailure.of("Dispatching", e);
        }
    }

    private boolean attempt(int limit, int firstLane, Half half, Result result) throws SQLException {
        try {
            database.transactionRaw(connection -> {
                int[] mine = lockLanes(connection, firstLane);
                if (mine.length > 0) {
                    half.run(connection, mine, limit, result);
                }
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

    private int[] lockLanes(Connection connection, int firstLane) throws SQLException {
        int offset = turn.getAndAdd(8) & (Lanes.COUNT - 1);
        return lanes.execute(
                connection,
                params -> params.number(firstLane)
                        .number(firstLane + Lanes.COUNT - 1L)
                        .number(offset),
                Dispatch::readLanes);
    }

    private void deliver(Connection connection, int[] mine, int limit, Result result) throws SQLException {
        deliver.execute(connection, params -> params.numbers(mine).number(limit), row -> {
            row.next();
            result.add(row.getInt(1), row.getInt(2), Cells.texts(row, 3), Cells.texts(row, 4));
            return true;
        });
    }

    private void shareOut(Connection connection, int[] mine, int limit, Result result) throws SQLException {
        @Nullable
        String[] more =
                shareOut.execute(connection, params -> params.numbers(mine).number(limit), row -> {
                    row.next();
                    result.add(row.getInt(1), 0, Cells.texts(row, 2), Cells.texts(row, 3));
                    return Cells.texts(row, 4);
                });
        if (more.length > 0) {
            int[] lanesOfMore = Arrays.stream(more).mapToInt(Lanes::ofCompeting).toArray();
            askAgain.execute(connection, params -> params.texts(more).numbers(lanesOfMore), ResultSet::next);
        }
    }

    private static int[] readLanes(ResultSet rows) throws SQLException {
        var found = new int[Lanes.COUNT];
        int count = 0;
        while (rows.next()) {
            found[count++] = rows.getInt(1);
        }
        return Arrays.copyOf(found, count);
    }

    /** What is done with the messages of the lanes that are held. */
    @FunctionalInterface
    private interface Half {
        void run(Connection connection, int[] lanes, int limit, Result result) throws SQLException;
    }

    /** What both halves did. */
    private static final class Result {
        private final List<Woken> woken = new ArrayList<>();
        private int found;
        private int dropped;

        void add(int more, int moreDropped, @Nullable String[] ids, @Nullable String[] routes) {
            found += more;
            dropped += moreDropped;
            for (int i = 0; i < ids.length; i++) {
                String id = ids[i];
                String route = routes[i];
                if (id != null && route != null) {
                    woken.add(new Woken(id, Route.parse(route)));
                }
            }
        }

        /** Whoever found something looks again: while it held a lane, others left that lane alone. */
        DispatchResult toResult() {
            return new DispatchResult(found, dropped, found > 0, woken);
        }
    }
}
