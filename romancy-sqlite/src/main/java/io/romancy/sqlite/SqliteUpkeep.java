package io.romancy.sqlite;

import io.romancy.spi.Upkeep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

final class SqliteUpkeep implements Upkeep {
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
        List<Long> runs = tables.runs.endedBefore(before, limit);
        for (long run : runs) {
            tables.steps.delete(run);
            tables.runs.delete(run);
        }
        return runs.size() + tables.messages.purge(before, limit);
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
