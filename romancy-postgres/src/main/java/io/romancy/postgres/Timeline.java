package io.romancy.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often another server has become the primary: a promotion begins a new timeline. It is the upper half of each fence.
 *
 * <p>A standby that is promoted may lack the last commits of the old primary. Workers then know more of their runs than is stored: what they
 * write would leave holes in histories, and fences and numbers that were lost would be given again. So a claim ends with its timeline, of
 * a run as of a lane of the outbox. Commits refuse it, the next renewal ends the lease, and everything goes on from what the new primary
 * has.
 *
 * <p>It costs nothing: a server writes on one timeline for as long as a session to it lasts, and a session to a standby cannot even plan
 * this. So the server computes it when it plans, and compares with a constant.
 */
final class Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    /** The name of any segment of the log begins with the timeline that is written now. */
    static final String NUMBER = "(('x' || left(pg_walfile_name('0/1'), 8))::bit(32)::bigint - 1)";

    /** SQL for the fence of a run that is born: claimed once, if it has an {@code owner}. */
    static final String FENCE_AT_BIRTH = "({timeline} << 32) + (owner IS NOT NULL)::integer";

    /** Of a database that does not say. */
    static final String UNKNOWN = "0";

    private Timeline() {}

    /** SQL for the next fence of this row. The lower half counts on, whatever the timeline: at 1 it is the first. */
    static String nextFence(String row) {
        return "({timeline} << 32) + (" + countOf(row) + ") + 1";
    }

    /** SQL for the lower half of this row's fence. */
    static String countOf(String row) {
        return row + ".fence & 4294967295";
    }

    /** The SQL for it, for this database. */
    static String of(PostgresUrl url) {
        try (Connection connection = url.toDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.executeQuery("SELECT " + NUMBER);
            return NUMBER;
        } catch (SQLException e) {
            if (SqlFailure.isUnsupported(e) || SqlFailure.isForbidden(e)) {
                LOG.info(
                        "This database does not tell its timeline (pg_walfile_name), so after a failover that loses commits,"
                                + " workers must be restarted. error={}",
                        e.getMessage());
                return UNKNOWN;
            }
            throw SqlFailure.of("Asking for the server's timeline", e);
        }
    }
}
