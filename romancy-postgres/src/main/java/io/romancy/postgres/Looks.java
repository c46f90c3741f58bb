package io.romancy.postgres;

import io.romancy.spi.Look;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.StepRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads of one run under its claim: what is outside, and pages of its history. One statement each, so of one moment. */
final class Looks {
    private static final String LOOK = """
            SELECT x.wake, x.cancel, (extract(epoch FROM {clock}) * 1000000)::bigint, m.*
            FROM {run} x, /*mailbox*/ m
            WHERE x.no = ? AND x.fence = ? AND x.fence >> 32 = {timeline} AND x.state = 1
            """;

    /**
     * Together with the record that an ended run carries; it takes the place of an open one, and no other. Of large ones as many as fit:
     * they are measured where they lie, and only what fits is fetched.
     */
    private static final String PAGE = """
            SELECT pos, kind, name, body, (extract(epoch FROM at) * 1000000)::bigint
            FROM (SELECT ?::bigint AS run, ?::integer AS first, ?::integer AS few) w,
              LATERAL (
                SELECT *, row_number() OVER (ORDER BY pos) = 1
                       OR sum(octet_length(name) + coalesce(octet_length(body), 0)) OVER (ORDER BY pos) <= %d AS fits
                FROM (
                  SELECT DISTINCT ON (pos) * FROM (
                    (SELECT pos, kind, name, body, at FROM {step} WHERE run = w.run AND pos >= w.first ORDER BY pos LIMIT w.few)
                    UNION ALL
                    SELECT last_pos, last_kind, last_name, last_body, ended_at FROM {run} WHERE no = w.run AND last_pos >= w.first) b
                  ORDER BY pos, kind < 0 LIMIT w.few) few) measured
            WHERE fits ORDER BY pos
            """.formatted(RunStore.HISTORY_PAGE_BYTES);

    private final Database database;
    private final HotStatement all;
    private final HotStatement some;
    private final HotStatement page;

    Looks(Database database) {
        this.database = database;
        this.all = HotStatement.plain(database.schema(), ReadRuns.completeLook(LOOK));
        this.some = HotStatement.plain(database.schema(), ReadRuns.completeLookAtChannels(LOOK));
        this.page = HotStatement.plain(database.schema(), PAGE);
    }

    Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        String[] names = channels.stream().map(ChannelName::text).toArray(String[]::new);
        return database.call(
                "Looking",
                connection -> (names.length == 0 ? all : some)
                        .execute(
                                connection,
                                params -> {
                                    if (names.length > 0) {
                                        params.texts(names);
                                    }
                                    params.number(claim.run()).number(claim.fence());
                                },
                                Looks::readLook));
    }

    List<StepRecord> history(long run, int fromPosition, int limit) {
        return database.call(
                "Reading a history",
                connection -> page.execute(
                        connection,
                        params -> params.number(run).number(fromPosition).number(limit),
                        Looks::readPage));
    }

    private static Optional<Look> readLook(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        var mailbox = ReadRuns.mailbox(row, 4);
        return Optional.of(new Look(
                row.getLong(1), row.getString(2), mailbox.messages(), mailbox.isComplete(), Cells.instant(row, 3)));
    }

    private static List<StepRecord> readPage(ResultSet rows) throws SQLException {
        List<StepRecord> records = new ArrayList<>();
        while (rows.next()) {
            records.add(new StepRecord(
                    rows.getInt(1),
                    rows.getInt(2),
                    rows.getString(3),
                    Cells.payload(rows.getBytes(4)),
                    Cells.instant(rows, 5)));
        }
        return records;
    }
}
