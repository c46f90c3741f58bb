package io.romancy.postgres;

import io.romancy.spi.Upkeep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** What keeps the database small, and the clock that tests move. */
final class PostgresUpkeep implements Upkeep {
    /**
     * Races with retries of failed instances and other purgers; the lock decides, and a locked one is left to the next time. History goes
     * in the same statement, and by number: an id that is used again has another.
     */
    private static final String PURGE_RUNS = """
            WITH k AS MATERIALIZED (
              SELECT no FROM {run} WHERE ended_at < {clock} - ? * interval '1 microsecond'
              ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED),
            s AS (DELETE FROM {step} t USING k WHERE t.run BETWEEN k.no AND k.no),
            m AS (DELETE FROM {delivery} t USING k WHERE t.run BETWEEN k.no AND k.no),
            r AS (DELETE FROM {run} t USING k WHERE t.no BETWEEN k.no AND k.no RETURNING 1)
            SELECT count(*) FROM r
            """;

    /** Dispatched, with nobody, and in nobody's mailbox. A message that goes back to its topic meanwhile is no longer like that. */
    private static final String PURGE_MESSAGES = """
            WITH k AS MATERIALIZED (
              SELECT id FROM {msg} m WHERE seq IS NOT NULL AND NOT queued AND at < {clock} - ? * interval '1 microsecond'
                AND (SELECT true FROM {delivery} WHERE msg = m.id LIMIT 1) IS NULL
              ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED),
            g AS (DELETE FROM {msg} t USING k WHERE t.id BETWEEN k.id AND k.id RETURNING 1)
            SELECT count(*) FROM g
            """;

    private final Database database;
    /** In microseconds: a day of an interval is a day of the calendar, and not always 24 hours long. */
    private static final String ADVANCE =
            "UPDATE {meta} SET skew = skew + ? * interval '1 microsecond' WHERE one RETURNING 1";

    private final HotStatement advance;
    private final HotStatement purgeRuns;
    private final HotStatement purgeMessages;

    PostgresUpkeep(Database database) {
        this.database = database;
        this.advance = HotStatement.plain(database.schema(), ADVANCE);
        this.purgeRuns = HotStatement.plain(database.schema(), PURGE_RUNS);
        this.purgeMessages = HotStatement.plain(database.schema(), PURGE_MESSAGES);
    }

    @Override
    public int purge(Duration retention, int limit) {
        return database.call(
                "Purging",
                connection -> purge(connection, purgeRuns, retention, limit)
                        + purge(connection, purgeMessages, retention, limit));
    }

    @Override
    public void advanceClock(Duration by) {
        database.call(
                "Advancing the clock",
                connection -> advance.execute(connection, params -> params.number(Cells.micros(by)), ResultSet::next));
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
}
