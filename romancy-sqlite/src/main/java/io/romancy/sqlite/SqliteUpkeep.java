package io.romancy.sqlite;

import io.romancy.spi.Upkeep;
import java.sql.SQLException;
import java.time.Duration;

final class SqliteUpkeep implements Upkeep {
    /** What one call deletes of histories and mailboxes at most, to within one run, however long they are: others have their turn. */
    private static final int MOST_RECORDS = 20_000;

    private final Readers readers;
    private final Writer writer;

    SqliteUpkeep(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public int purge(Duration retention, int limit) {
        boolean any = readers.read((tables, moment) -> {
            long before = moment.now() - Micros.of(retention);
            return !tables.runs.endedBefore(before, 1).isEmpty() || tables.messages.anyOlderThan(before);
        });
        return any ? writer.write((tables, moment) -> purge(tables, moment, retention, limit)) : 0;
    }

    private static int purge(Tables tables, Moment moment, Duration retention, int limit) throws SQLException {
        long before = moment.now() - Micros.of(retention);
        int runs = 0;
        int records = 0;
        for (long run : tables.runs.endedBefore(before, limit)) {
            if (records > MOST_RECORDS) {
                break;
            }
            records += tables.steps.delete(run) + tables.mailboxes.close(run);
            tables.runs.delete(run);
            runs++;
        }
        return runs + records + tables.messages.purge(before, limit);
    }

    @Override
    public void advanceClock(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("the clock moves forward only, not by " + by);
        }
        writer.write((tables, moment) -> {
            tables.meta.advance(Micros.of(by));
            return by;
        });
    }
}
