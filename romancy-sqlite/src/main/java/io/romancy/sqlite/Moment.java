package io.romancy.sqlite;

import java.sql.SQLException;
import java.time.Instant;

/**
 * The time of one transaction, in microseconds.
 *
 * @param clock SQLite's own clock, which is the machine's: the same for every process of this file
 * @param skew what tests moved the clock of due rows forward by
 */
record Moment(long clock, long skew) {
    // The clock has milliseconds, as a floating number: rounded before it is cut.
    private static final String READ = """
            SELECT CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER) * 1000, skew FROM romancy_meta
            """;

    static Moment read(Session session) throws SQLException {
        Moment moment = session.first(READ, row -> new Moment(row.getLong(1), row.getLong(2)));
        if (moment == null) {
            throw new SQLException("romancy_meta has no row");
        }
        return moment;
    }

    /** The time by which rows become due, and which every record carries. */
    long now() {
        return clock + skew;
    }

    Instant at() {
        return Micros.instant(now());
    }
}
