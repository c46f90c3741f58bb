package io.romancy.postgres;

import io.romancy.spi.model.Payload;
import io.romancy.spi.notification.FlatJson;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one look at the outbox: a row for each key that was looked at, and one for each lane without any. */
final class OutboxHeadRows {
    private final int keysOfLane;
    private final Map<Integer, OutboxLane> lanes = new TreeMap<>();
    private final List<OutboxHead> due = new ArrayList<>();
    private boolean more;
    private @Nullable Duration nextDueIn;

    OutboxHeadRows(int keysOfLane) {
        this.keysOfLane = keysOfLane;
    }

    OutboxHeads read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            int lane = rows.getInt(1);
            long fence = rows.getLong(2);
            boolean isLast = rows.getInt(3) == keysOfLane;
            more |= isLast;
            lanes.put(lane, new OutboxLane(lane, fence, isLast ? rows.getString(4) : ""));
            long number = rows.getLong(5);
            if (!rows.wasNull()) {
                read(rows, lane, fence, number);
            }
        }
        return new OutboxHeads(due, List.copyOf(lanes.values()), more, nextDueIn);
    }

    private void read(ResultSet rows, int lane, long fence, long number) throws SQLException {
        long wait = rows.getLong(6);
        byte @Nullable [] body = rows.getBytes(13);
        if (body == null) {
            Duration left = Duration.of(Math.max(0, wait), ChronoUnit.MICROS);
            nextDueIn = nextDueIn == null || left.compareTo(nextDueIn) < 0 ? left : nextDueIn;
            return;
        }
        String key = rows.getString(4);
        String id = rows.getString(10);
        @Nullable String headers = rows.getString(12);
        due.add(new OutboxHead(
                lane,
                fence,
                number,
                Duration.of(rows.getLong(7), ChronoUnit.MICROS),
                new OutboxRecord(
                        id,
                        rows.getString(11),
                        key.equals(id) ? null : key,
                        headers == null ? Map.of() : FlatJson.read(headers).texts(),
                        Payload.ofBytes(body),
                        Cells.instant(rows, 8),
                        rows.getInt(9) + 1)));
    }
}
