package io.romancy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Puts runs into the index of owners that were born in the hands of their worker and are still running. Most have ended before anybody
 * looks; for them that index, and the one of ended runs, is never touched.
 *
 * <p>What holds afterwards: every RUNNING run below the mark {@code listed} is listed. Numbers are handed out before the commit, so a look
 * alone would miss a birth that is on its way. Therefore each birth holds {@link #TURN} from before it takes a number until it is committed,
 * and whoever lists waits for all of them once: below the number that is handed out then, nobody is on the way.
 */
final class Listing {
    /** With the identity of a table of ours, so that each schema has its own. */
    private static final String KEY = "(1919905122, tableoid::integer)";

    /**
     * A part of a statement that gives births, to be read before it takes a number. Held by the transaction: behind a pooler, the lock of a
     * session would be left to somebody else. Not for a transaction of the application, which may stay open.
     */
    static final String TURN = """
            turn AS MATERIALIZED (
              SELECT pg_advisory_xact_lock_shared/*key*/ FROM {mark} WHERE name = 'listed'),
            """.replace("/*key*/", KEY);

    /** How many numbers one statement looks through: a tenth of a second. */
    private static final int STRIDE = 100_000;

    private static final int STRIDES = 10;

    /** A transaction of its own, so that births wait for this, and not for the look. */
    private static final String SETTLE = """
            WITH alone AS MATERIALIZED (
              SELECT pg_advisory_xact_lock/*key*/ FROM {mark} WHERE name = 'listed')
            SELECT {run_no} FROM alone
            """.replace("/*key*/", KEY);

    /**
     * Races with ends, claims and commits of these runs; whoever holds a row is passed by, and the mark stops there. Of two that list, one
     * waits for the mark.
     */
    private static final String LIST = """
            WITH below AS MATERIALIZED (SELECT no, least(no + /*stride*/, ?) AS upto FROM {mark} WHERE name = 'listed' FOR NO KEY UPDATE),
            unlisted AS MATERIALIZED (
              SELECT no FROM {run} WHERE no >= (SELECT no FROM below) AND no < (SELECT upto FROM below) AND state = 1 AND NOT listed),
            mine AS MATERIALIZED (
              SELECT l.no FROM unlisted u,
                LATERAL (SELECT no FROM {run} WHERE no = u.no AND state = 1 AND NOT listed FOR NO KEY UPDATE SKIP LOCKED) l),
            now_listed AS (UPDATE {run} r SET listed = true FROM mine WHERE r.no BETWEEN mine.no AND mine.no)
            UPDATE {mark} m SET no = greatest(m.no, coalesce(
                (SELECT min(no) FROM unlisted WHERE (no IN (SELECT no FROM mine)) IS NOT TRUE), (SELECT upto FROM below)))
            WHERE m.name = 'listed' RETURNING m.no, (SELECT upto FROM below)
            """.replace("/*stride*/", Integer.toString(STRIDE));

    private final Database database;
    private final HotStatement settle;
    private final HotStatement list;

    /** Whether births may have been given since the last look. Only spares a look: every reaper takes one anyway. */
    private volatile boolean expected = true;

    Listing(Database database) {
        this.database = database;
        settle = HotStatement.impatient(database.schema(), SETTLE);
        list = HotStatement.plain(database.schema(), LIST);
    }

    /** Says that births are on their way, or may be. */
    void expect() {
        expected = true;
    }

    /** Lists what this storage may have given birth to since it last did. */
    void refreshIfExpected() {
        if (expected) {
            refresh();
        }
    }

    /**
     * Lists all that are running now, unless a birth stays on its way for longer than a statement waits, a row is locked, or there are very
     * many; then the next call does.
     */
    void refresh() {
        expected = false;
        boolean listed = false;
        try {
            listed = database.call("Listing runs", this::list);
        } finally {
            if (!listed) {
                expected = true;
            }
        }
    }

    private boolean list(Connection connection) throws SQLException {
        long settled;
        try {
            settled = settle.execute(connection, params -> {}, Listing::number);
        } catch (SQLException e) {
            if (SqlFailure.isLock(e)) {
                return false;
            }
            throw e;
        }
        Mark mark = Mark.NONE;
        for (int i = 0; mark.at < settled && !mark.isStopped() && i < STRIDES; i++) {
            mark = list.execute(connection, params -> params.number(settled), Mark::read);
        }
        return mark.at >= settled;
    }

    /** Where a statement came to, and where it would have ended if no row had been locked. */
    private record Mark(long at, long aim) {
        static final Mark NONE = new Mark(Long.MIN_VALUE, Long.MIN_VALUE);

        static Mark read(ResultSet row) throws SQLException {
            row.next();
            return new Mark(row.getLong(1), row.getLong(2));
        }

        boolean isStopped() {
            return at < aim;
        }
    }

    private static long number(ResultSet row) throws SQLException {
        row.next();
        return row.getLong(1);
    }
}
