package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.LONG;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Gives a repeated commit the time of the first one. Its records carry that, and a replay will read it there: the live run must not see
 * another.
 */
final class RepeatedSteps {
    private static final String WRITTEN = """
            SELECT i.item, (extract(epoch FROM max(s.at)) * 1000000)::bigint
            FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::integer[])) i(item, run, pos),
              LATERAL (SELECT at FROM {step} WHERE run = i.run AND pos = i.pos
                       UNION ALL SELECT ended_at FROM {run} WHERE no = i.run AND last_pos = i.pos OFFSET 0) s
            GROUP BY i.item
            """;

    private final HotStatement written;

    RepeatedSteps(Schema schema) {
        written = HotStatement.plain(schema, WRITTEN);
    }

    void correct(Connection connection, List<Item<Commit.OfRun>> items) throws SQLException {
        var records = new Columns(INT, LONG, INT);
        for (int item = 0; item < items.size(); item++) {
            if (items.get(item).answer() instanceof CommitResult.Taken) {
                var commit = items.get(item).commit();
                var last = RunChanges.last(commit);
                for (var step : last == null ? RunChanges.records(commit) : List.of(last)) {
                    records.add(item, commit.claim().run(), step.position());
                }
            }
        }
        written.execute(connection, records::bind, rows -> {
            while (rows.next()) {
                var item = items.get(rows.getInt(1));
                if (item.answer() instanceof CommitResult.Taken(var at, long wake, var cancelReason)) {
                    item.answer(new CommitResult.Taken(Cells.instant(rows, 2), wake, cancelReason));
                }
            }
            return true;
        });
    }
}
