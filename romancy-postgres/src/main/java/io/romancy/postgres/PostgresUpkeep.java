package io.romancy.postgres;

import io.romancy.spi.Upkeep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** What keeps the database small, and the clock that tests move. */
final class PostgresUpkeep implements Upkeep {
    /** What one statement deletes of histories and mailboxes, to within one run: some tenths of a second. */
    private static final int MOST_RECORDS = 20_000;

    /**
     * History goes in the same statement, and by number: an id that is used again has another. Of what was found, as many go as belong to
     * so many rows of history and mailbox; where the count ends, to within one run, the rest is left to the next time.
     */
    private static final String DELETE = """
            ,
            counted AS MATERIALIZED (
              SELECT f.place FROM found f, LATERAL (
                SELECT 1 FROM {step} WHERE run = f.no UNION ALL SELECT 1 FROM {delivery} WHERE run = f.no OFFSET 0) t LIMIT /*most*/),
            k AS MATERIALIZED (
              SELECT no FROM found
              WHERE place <= coalesce((SELECT CASE WHEN count(*) = /*most*/ THEN max(place) END FROM counted), place)),
            s AS (DELETE FROM {step} t USING k WHERE t.run BETWEEN k.no AND k.no),
            d AS (DELETE FROM {delivery} t USING k WHERE t.run BETWEEN k.no AND k.no),
            b AS (DELETE FROM {sub} t USING k WHERE t.run BETWEEN k.no AND k.no),
            r AS (DELETE FROM {run} t USING k WHERE t.no BETWEEN k.no AND k.no RETURNING 1)
            """.replace("/*most*/", Integer.toString(MOST_RECORDS));

    private static final String ROWS = "(SELECT count(*) FROM r) + (SELECT count(*) FROM counted)";

    /** Races with retries of failed instances and other purgers; the lock decides, and a locked one is left to the next time. */
    private static final String PURGE_LISTED = """
            WITH found AS MATERIALIZED (
              SELECT no, row_number() OVER (ORDER BY listed_end) AS place FROM (
                SELECT no, listed_end FROM {run} WHERE listed_end < {clock} - ? * interval '1 microsecond'
                ORDER BY listed_end LIMIT ? FOR UPDATE SKIP LOCKED) l)""" + DELETE + "SELECT " + ROWS;

    /**
     * Those that ended unlisted, in order of their number: they were short, so it is about that of their ends. Races as above.
     *
     * <p>The mark {@code purged} stops at the first that is to be kept, was locked, or is left to the next time. It may pass by what is
     * listed, because the other statement finds that; and by what has not ended, because below the mark of {@link Listing} that is RUNNING
     * and listed, or will be listed by its next claim.
     */
    private static final String PURGE_UNLISTED = """
            WITH span AS MATERIALIZED (SELECT no, (SELECT no FROM {mark} WHERE name = 'listed') AS upto FROM {mark}
              WHERE name = 'purged' FOR NO KEY UPDATE SKIP LOCKED),
            clock AS MATERIALIZED (SELECT {clock} - ? * interval '1 microsecond' AS kept_from),
            seen AS MATERIALIZED (
              SELECT no, ended_at IS NOT NULL AND NOT listed AS ours, ended_at < (SELECT kept_from FROM clock) AS old FROM {run}
              WHERE no >= (SELECT no FROM span) AND no < (SELECT upto FROM span) ORDER BY no LIMIT /*stride*/),
            found AS MATERIALIZED (
              SELECT no, row_number() OVER (ORDER BY no) AS place FROM (
                SELECT l.no FROM (SELECT no FROM seen WHERE ours AND old ORDER BY no LIMIT ?) o,
                  LATERAL (SELECT no FROM {run} WHERE no = o.no AND NOT listed AND ended_at < (SELECT kept_from FROM clock)
                           FOR UPDATE SKIP LOCKED) l) mine)""" + DELETE + """
            ,
            stop AS MATERIALIZED (SELECT min(no) AS no FROM seen WHERE ours AND (no IN (SELECT no FROM k)) IS NOT TRUE),
            last AS MATERIALIZED (SELECT max(no) + 1 AS no, count(*) = /*stride*/ AS is_full FROM seen),
            moved AS (
              UPDATE {mark} m SET no = coalesce((SELECT no FROM stop), (SELECT no FROM last WHERE is_full), span.upto)
              FROM span WHERE m.name = 'purged' AND m.no < span.upto)
            SELECT /*rows*/, (SELECT is_full FROM last) AND (SELECT no FROM stop) IS NULL
            """.replace("/*rows*/", ROWS);

    /** How many rows one statement looks through, and how often it goes on in one purge when there was nothing to delete. */
    private static final int STRIDE = 2_000;

    private static final int STRIDES = 50;

    /** Dispatched, with nobody, and in nobody's mailbox. A message that goes back to its topic meanwhile is no longer like that. */
    private static final String PURGE_MESSAGES = """
            WITH k AS MATERIALIZED (
              SELECT id FROM {msg} m WHERE seq IS NOT NULL AND NOT queued AND at < {clock} - ? * interval '1 microsecond'
                AND (SELECT true FROM {delivery} WHERE msg = m.id LIMIT 1) IS NULL
              ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED),
            g AS (DELETE FROM {msg} t USING k WHERE t.id BETWEEN k.id AND k.id RETURNING 1)
            SELECT count(*) FROM g
            """;

    /** In microseconds: a day of an interval is a day of the calendar, and not always 24 hours long. */
    private static final String ADVANCE =
            "UPDATE {meta} SET skew = skew + ? * interval '1 microsecond' WHERE one RETURNING 1";

    private final Database database;
    private final Listing listing;
    private final HotStatement advance;
    private final HotStatement purgeListed;
    private final HotStatement purgeUnlisted;
    private final HotStatement purgeMessages;

    PostgresUpkeep(Database database, Listing listing) {
        this.database = database;
        this.listing = listing;
        this.advance = HotStatement.plain(database.schema(), ADVANCE);
        this.purgeListed = HotStatement.plain(database.schema(), PURGE_LISTED);
        this.purgeUnlisted =
                HotStatement.plain(database.schema(), PURGE_UNLISTED.replace("/*stride*/", Integer.toString(STRIDE)));
        this.purgeMessages = HotStatement.plain(database.schema(), PURGE_MESSAGES);
    }

    @Override
    public int purge(Duration retention, int limit) {
        listing.refresh();
        return database.call("Purging", connection -> {
            int unlisted = purgeUnlisted(connection, retention, limit);
            int listed = unlisted < limit ? purge(connection, purgeListed, retention, limit - unlisted) : 0;
            return unlisted + listed + purge(connection, purgeMessages, retention, limit);
        });
    }

    @Override
    public void advanceClock(Duration by) {
        database.call(
                "Advancing the clock",
                connection -> advance.execute(connection, params -> params.number(Cells.micros(by)), ResultSet::next));
    }

    private int purgeUnlisted(Connection connection, Duration retention, int limit) throws SQLException {
        var passed = new Passed(0, true);
        for (int i = 0; passed.rows() == 0 && passed.isThereMore() && i < STRIDES; i++) {
            passed = purgeUnlisted.execute(
                    connection, params -> params.number(Cells.micros(retention)).number(limit), PostgresUpkeep::passed);
        }
        return passed.rows();
    }

    private static Passed passed(ResultSet row) throws SQLException {
        row.next();
        return new Passed(row.getInt(1), row.getBoolean(2));
    }

    private static int purge(Connection connection, HotStatement purge, Duration retention, int limit)
            throws SQLException {
        return purge.execute(
                connection, params -> params.number(Cells.micros(retention)).number(limit), PostgresUpkeep::count);
    }

    private static int count(ResultSet row) throws SQLException {
        row.next();
        return row.getInt(1);
    }

    /** What one statement deleted on its way by number, and whether it may go on at once. */
    private record Passed(int rows, boolean isThereMore) {}
}
