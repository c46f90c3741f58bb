package io.romancy.sqlite;

import io.romancy.spi.Reaped;
import io.romancy.spi.Relapse;
import io.romancy.spi.model.InstanceStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs whose owner has no living lease. */
final class Orphans {
    private static final String ORPHAN = """
            FROM romancy_run r WHERE r.owner IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM romancy_node n WHERE n.id = r.owner AND n.lease_until > ?) LIMIT
            """;
    private static final String ANY = "SELECT 1 " + ORPHAN + " 1";
    private static final String FIND = """
            SELECT r.no, r.id, r.lost, r.lost_at, (SELECT coalesce(max(s.pos), -1) FROM romancy_step s WHERE s.run = r.no)
            """ + ORPHAN + " ?";
    private static final String TAKE = """
            UPDATE romancy_run SET state = ?, fence = fence + 1, run_at = ?, owner = NULL, lost = ?, lost_at = ? WHERE no = ?
            """;

    private final Session session;

    Orphans(Session session) {
        this.session = session;
    }

    boolean any(Moment moment) throws SQLException {
        return session.exists(ANY, moment.clock());
    }

    /** Makes them ready, or lets them pause. */
    Reaped take(int limit, Moment moment) throws SQLException {
        List<Orphan> orphans = session.list(FIND, Orphan::read, moment.clock(), limit);
        Map<String, Integer> taken = new LinkedHashMap<>();
        for (Orphan orphan : orphans) {
            session.update(
                    TAKE,
                    (Relapse.is(orphan.times) ? InstanceStatus.WAITING : InstanceStatus.READY).code(),
                    moment.now() + Micros.of(Relapse.pauseAfter(orphan.times)),
                    orphan.times,
                    orphan.last,
                    orphan.no);
            taken.put(orphan.id, orphan.times);
        }
        return Reaped.of(taken);
    }

    /**
     * One of them.
     *
     * @param times how often in a row it was taken from somebody, with this time
     * @param last the position of its last record
     */
    private record Orphan(long no, String id, int times, int last) {
        static Orphan read(ResultSet row) throws SQLException {
            int last = row.getInt(5);
            boolean sameRecord = row.getInt(4) == last && !row.wasNull();
            return new Orphan(row.getLong(1), row.getString(2), sameRecord ? row.getInt(3) + 1 : 1, last);
        }
    }
}
