package io.romancy.sqlite;

import io.romancy.spi.Portion;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code romancy_step}: the histories. */
final class StepTable {
    private static final String APPEND = """
            INSERT INTO romancy_step (run, pos, kind, name, body, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (run, pos) DO UPDATE
            SET kind = excluded.kind, name = excluded.name, body = excluded.body, at = excluded.at
            WHERE romancy_step.kind < 0
            """;
    private static final String WRITTEN_AT = "SELECT at FROM romancy_step WHERE run = ? AND pos = ?";
    private static final String IS_CLOSED = "SELECT 1 FROM romancy_step WHERE run = ? AND pos = ? AND kind >= 0";
    private static final String PAGE = """
            SELECT pos, kind, name, body, at FROM romancy_step WHERE run = ? AND pos >= ? ORDER BY pos LIMIT ?
            """;
    private static final String LAST_KIND = "SELECT kind FROM romancy_step WHERE run = ? ORDER BY pos DESC LIMIT 1";
    private static final String DROP_LAST = """
            DELETE FROM romancy_step WHERE run = ?1 AND kind = ?2
            AND pos = (SELECT max(pos) FROM romancy_step WHERE run = ?1)
            """;
    private static final String DELETE = "DELETE FROM romancy_step WHERE run = ?";

    private final Session session;

    StepTable(Session session) {
        this.session = session;
    }

    /** Writes a record, unless its position has a closed one; says whether it was written. */
    boolean append(long run, StepRecord step, Moment moment) throws SQLException {
        byte[] body = step.body() == null ? null : step.body().toBytes();
        return session.update(APPEND, run, step.position(), step.kind(), step.name(), body, moment.now()) == 1;
    }

    boolean isClosed(long run, int position) throws SQLException {
        return session.exists(IS_CLOSED, run, position);
    }

    @Nullable
    Long writtenAt(long run, int position) throws SQLException {
        return session.numberOrNull(WRITTEN_AT, run, position);
    }

    /** Records from this position on, as far as they fit. */
    List<StepRecord> page(long run, int fromPosition, Portion portion) throws SQLException {
        return session.listWhile(
                PAGE, StepTable::step, step -> portion.takes(step.bytes()), run, fromPosition, portion.rows());
    }

    /** The kind of the last record; 0 if there is none. */
    int lastKind(long run) throws SQLException {
        Long kind = session.numberOrNull(LAST_KIND, run);
        return kind == null ? 0 : kind.intValue();
    }

    /** Removes the last record if it is of this kind. */
    void dropLast(long run, int kind) throws SQLException {
        session.update(DROP_LAST, run, kind);
    }

    /** Deletes a history; returns how many records. */
    int delete(long run) throws SQLException {
        return session.update(DELETE, run);
    }

    private static StepRecord step(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(4);
        return new StepRecord(
                row.getInt(1),
                row.getInt(2),
                row.getString(3),
                body == null ? null : Payload.ofBytes(body),
                Micros.instant(row.getLong(5)));
    }
}
