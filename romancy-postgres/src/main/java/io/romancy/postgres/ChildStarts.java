package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.INT;
import static io.romancy.postgres.Columns.Type.LONG;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.NewInstance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs from starting an id as something else than what has it. Two starts of one id race; the unique index decides, and fails the
 * statement of the second, which asks here what the first wrote: in the statement that failed it could see nothing of it.
 */
final class ChildStarts {
    /**
     * A row for each start that is still to be judged. What a claim that is lost asks for is not, nor what hangs on a record that is there:
     * neither will be written.
     */
    private static final String EXISTING = """
            SELECT i.item, i.place, r.name, r.start_hash
            FROM unnest((SELECT ?::integer[]), (SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::bigint[]), (SELECT ?::integer[]),
                        (SELECT ?::text[])) i(item, place, no, fence, pos, id)
              LEFT JOIN LATERAL (SELECT name, start_hash FROM {run} WHERE id = i.id OFFSET 0) r ON true
            WHERE (SELECT state = 1 FROM {run} WHERE no = i.no AND fence = i.fence AND fence >> 32 = {timeline})
              AND (SELECT kind FROM {step} WHERE run = i.no AND pos = i.pos AND kind >= 0) IS NULL
            """;

    private final HotStatement existing;

    ChildStarts(Schema schema) {
        existing = HotStatement.plain(schema, EXISTING);
    }

    /** Where a start stands: in which item, at which place among its changes. */
    private record Place(int item, int place) {}

    /**
     * The items that can be written now, without the starts that are there already. An item that starts what belongs to another is refused;
     * one that starts what an item before it does is left open, for when that one is written.
     */
    List<Item<Commit.OfRun>> judged(Connection connection, List<Item<Commit.OfRun>> items) throws SQLException {
        Columns starts = starts(items);
        if (starts.isEmpty()) {
            return items;
        }
        Map<Place, Optional<FirstStart>> found = existing.execute(connection, starts::bind, ChildStarts::read);
        List<Item<Commit.OfRun>> writable = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (int item = 0; item < items.size(); item++) {
            Item<Commit.OfRun> judged = judged(items.get(item), item, found, before);
            if (judged != null) {
                writable.add(judged);
            }
        }
        return writable;
    }

    private static Columns starts(List<Item<Commit.OfRun>> items) {
        var starts = new Columns(INT, INT, LONG, LONG, INT, TEXT);
        for (int item = 0; item < items.size(); item++) {
            Commit.OfRun commit = items.get(item).commit();
            for (int place = 0; place < commit.changes().size(); place++) {
                if (commit.changes().get(place) instanceof Change.Start(int position, var child)) {
                    var claim = commit.claim();
                    starts.add(item, place, claim.run(), claim.fence(), position, child.id());
                }
            }
        }
        return starts;
    }

    private static Map<Place, Optional<FirstStart>> read(ResultSet rows) throws SQLException {
        Map<Place, Optional<FirstStart>> found = new HashMap<>();
        while (rows.next()) {
            @Nullable String workflow = rows.getString(3);
            found.put(
                    new Place(rows.getInt(1), rows.getInt(2)),
                    workflow == null ? Optional.empty() : Optional.of(new FirstStart(workflow, rows.getString(4))));
        }
        return found;
    }

    private static @Nullable Item<Commit.OfRun> judged(
            Item<Commit.OfRun> item, int number, Map<Place, Optional<FirstStart>> found, Set<String> before) {
        Commit.OfRun commit = item.commit();
        Map<String, FirstStart> own = new HashMap<>();
        List<Change> left = new ArrayList<>();
        for (int place = 0; place < commit.changes().size(); place++) {
            Change change = commit.changes().get(place);
            var existing = found.get(new Place(number, place));
            if (existing == null || !(change instanceof Change.Start(int position, NewInstance child))) {
                left.add(change);
                continue;
            }
            FirstStart first = existing.isPresent() ? existing.get() : own.get(child.id());
            if (first == null) {
                own.put(child.id(), FirstStart.of(child));
                left.add(change);
            } else if (!first.isSameAs(child)) {
                item.refuse(first.refusal(child));
                return null;
            }
        }
        if (own.keySet().stream().anyMatch(before::contains)) {
            return null;
        }
        before.addAll(own.keySet());
        return left.size() == commit.changes().size()
                ? item
                : new Item<>(new Commit.OfRun(commit.claim(), left, commit.transition()), item::answer);
    }
}
