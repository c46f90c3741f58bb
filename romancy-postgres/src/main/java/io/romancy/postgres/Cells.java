package io.romancy.postgres;

import io.romancy.spi.model.Payload;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values as statements take and return them: times as microseconds, lists as arrays. */
final class Cells {
    /** The last microsecond that the database is asked to keep; whoever names a later time means never. */
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000;

    private Cells() {}

    static Instant instant(ResultSet row, int column) throws SQLException {
        return instant(row.getLong(column));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Microseconds since 1970, bounded to what the database can keep. */
    static long micros(Instant time) {
        long seconds = Math.clamp(time.getEpochSecond(), 0, END_OF_TIME / 1_000_000);
        return Math.min(END_OF_TIME, seconds * 1_000_000 + time.getNano() / 1_000);
    }

    static long micros(Duration span) {
        long seconds = Math.clamp(span.getSeconds(), -END_OF_TIME / 1_000_000, END_OF_TIME / 1_000_000);
        return seconds * 1_000_000 + span.getNano() / 1_000;
    }

    static Long[] numbers(ResultSet row, int column) throws SQLException {
        return (Long[]) array(row, column, new Long[0]);
    }

    static Integer[] integers(ResultSet row, int column) throws SQLException {
        return (Integer[]) array(row, column, new Integer[0]);
    }

    static @Nullable String[] texts(ResultSet row, int column) throws SQLException {
        return (@Nullable String[]) array(row, column, new String[0]);
    }

    static byte[] @Nullable [] blobs(ResultSet row, int column) throws SQLException {
        return (byte[] @Nullable []) array(row, column, new byte[0][]);
    }

    static @Nullable Payload payload(byte @Nullable [] bytes) {
        return bytes == null ? null : Payload.ofBytes(bytes);
    }

    static byte @Nullable [] bytes(@Nullable Payload payload) {
        return payload == null ? null : payload.toBytes();
    }

    /** An aggregate over no rows is NULL. */
    private static Object array(ResultSet row, int column, Object none) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? none : array.getArray();
    }
}
