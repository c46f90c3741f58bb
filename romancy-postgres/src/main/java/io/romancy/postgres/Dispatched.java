package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.DispatchResult.Woken;
import io.romancy.spi.model.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the statements of a dispatch did, while it is put together. */
final class Dispatched {
    private final int limit;
    private final List<Woken> woken = new ArrayList<>();
    private int found;
    private int dropped;
    private boolean more;
    private boolean contended;
    private boolean competing;

    Dispatched(int limit) {
        this.limit = limit;
    }

    /** How many more messages it may take. */
    int left() {
        return limit - found;
    }

    /** Whether there are competing messages, or runs that ask for one. */
    boolean competing() {
        return competing;
    }

    void lanes(boolean moreLanes, boolean takenByOthers, boolean competingOnes) {
        more |= moreLanes;
        contended |= takenByOthers;
        competing |= competingOnes;
    }

    /** There is more than what was taken. */
    void more() {
        more = true;
    }

    /** One message was dispatched. */
    void one(boolean wasDropped) {
        found = 1;
        dropped = wasDropped ? 1 : 0;
    }

    void woke(String id, Route route) {
        woken.add(new Woken(id, route));
    }

    /** Reads the one row of DELIVER or SHARE_OUT. */
    boolean read(ResultSet row) throws SQLException {
        row.next();
        found += row.getInt(1);
        dropped += row.getInt(2);
        var ids = Cells.texts(row, 3);
        var routes = Cells.texts(row, 4);
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            String route = routes[i];
            if (id != null && route != null) {
                woke(id, Route.parse(route));
            }
        }
        more |= row.getInt(5) > 0;
        return true;
    }

    DispatchResult result() {
        return new DispatchResult(
                found, dropped, more || found >= Math.min(limit, DispatchSql.OF_ONE_LANE), contended, woken);
    }
}
