package io.romancy.postgres;

import static io.romancy.postgres.Columns.Type.BLOB;
import static io.romancy.postgres.Columns.Type.TEXT;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.FirstStart;
import io.romancy.spi.model.NewInstance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances: born RUNNING and owned, or READY. Two starts of one id race; the unique index decides, and the second reads, in a
 * statement of its own, what the first wrote: in the same one it would see neither. Ids that were made for their starts are inserted
 * without a look: what {@code ON CONFLICT} costs, which locks and logs each row once more, is a quarter of a start.
 */
final class Starts {
    private static final String INSERT = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            /*births*/
            born AS (
              INSERT INTO {run} (no, id, name, route, state, fence, wake, owner, listed, run_at, started_at, start_hash, input)
              SELECT no, id, name, route, (owner IS NOT NULL)::integer, /*fence*/, 0,
                     owner::uuid, owner IS NULL,
                     CASE WHEN owner IS NULL THEN (SELECT at FROM clock) END, (SELECT at FROM clock), start_hash, input
              FROM (
                SELECT {run_no} AS no, u.* FROM /*after births*/ (
                  SELECT unnest((SELECT ?::text[])) AS id, unnest((SELECT ?::text[])) AS name, unnest((SELECT ?::text[])) AS route,
                         unnest((SELECT ?::text[])) AS owner, unnest((SELECT ?::text[])) AS start_hash,
                         unnest((SELECT ?::bytea[])) AS input) u) i
              /*looking*/ RETURNING no, id, fence)
            SELECT no, id, fence, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock) FROM born
            """.replace("/*fence*/", Timeline.FENCE_AT_BIRTH);

    private static final String LOOKING = "ORDER BY id ON CONFLICT (id) DO NOTHING";

    /** What these ids were first started as. */
    static final String EXISTING = """
            SELECT r.* FROM unnest((SELECT ?::text[])) i(id),
              LATERAL (SELECT id, name, start_hash FROM {run} WHERE id = i.id OFFSET 0) r
            """;

    private final Database database;
    private final Listing listing;
    private final HotStatement insert;
    private final HotStatement insertFirst;
    private final HotStatement insertCarefully;
    private final HotStatement joinedInsert;
    private final HotStatement existing;
    private final HotStatement joinedExisting;

    Starts(Database database, Listing listing) {
        this.database = database;
        this.listing = listing;
        this.insert = births(database.schema(), false);
        this.insertFirst = births(database.schema(), true);
        this.insertCarefully = HotStatement.hasty(database.schema(), ownedFromBirth(false));
        this.joinedInsert = HotStatement.bare(database.schema(), INSERT.replace("/*looking*/", LOOKING));
        this.existing = HotStatement.plain(database.schema(), EXISTING);
        this.joinedExisting = HotStatement.bare(database.schema(), EXISTING);
    }

    /** The text for those that may be owned from birth. */
    static HotStatement births(Schema schema, boolean areFirst) {
        return HotStatement.impatient(schema, ownedFromBirth(areFirst));
    }

    private static String ownedFromBirth(boolean areFirst) {
        return INSERT.replace("/*births*/", Listing.TURN)
                .replace("/*after births*/", "turn,")
                .replace("/*looking*/", areFirst ? "" : LOOKING);
    }

    /** Starts each on its own. */
    void start(List<Item<Commit.Start>> items) {
        try {
            new Isolation<Commit.Start>(
                            database,
                            "Starting instances",
                            (connection, some, careful) -> write(
                                    connection, some, careful ? insertCarefully : insertFor(some), existing, true))
                    .run(checked(items));
        } finally {
            listing.expect();
        }
    }

    private HotStatement insertFor(List<Item<Commit.Start>> items) {
        return items.stream().allMatch(item -> item.commit().isFirst()) ? insertFirst : insert;
    }

    /** The same in the application's transaction, where everything is born READY. */
    void startIn(Connection transaction, List<Item<Commit.Start>> items) throws SQLException {
        write(transaction, checked(items), joinedInsert, joinedExisting, false);
        for (var item : items) {
            if (!item.isAnswered()) {
                throw new SQLException(
                        "instance '" + item.commit().instance().id() + "' was deleted meanwhile", "40001");
            }
        }
    }

    private static List<Item<Commit.Start>> checked(List<Item<Commit.Start>> items) {
        List<Item<Commit.Start>> good = new ArrayList<>();
        for (var item : items) {
            try {
                Check.text("Start hash", item.commit().instance().startHash());
                good.add(item);
            } catch (RomancyException refused) {
                item.refuse(refused);
            }
        }
        return good;
    }

    private static void write(
            Connection connection,
            List<Item<Commit.Start>> items,
            HotStatement insert,
            HotStatement existing,
            boolean owned)
            throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        Map<String, Item<Commit.Start>> first = new HashMap<>();
        var rows = new Columns(TEXT, TEXT, TEXT, TEXT, TEXT, BLOB);
        for (var item : items) {
            if (first.putIfAbsent(item.commit().instance().id(), item) == null) {
                add(rows, item.commit().instance(), owned);
            }
        }
        insert.execute(connection, rows::bind, born -> answerBorn(first, born, owned));
        var others = items.stream().filter(item -> !item.isAnswered()).toList();
        if (!others.isEmpty()) {
            String[] ids = others.stream()
                    .map(item -> item.commit().instance().id())
                    .distinct()
                    .toArray(String[]::new);
            Map<String, FirstStart> found =
                    existing.execute(connection, params -> params.texts(ids), Starts::readExisting);
            others.forEach(item ->
                    answerExisting(item, found.get(item.commit().instance().id())));
        }
    }

    private static void add(Columns rows, NewInstance instance, boolean owned) {
        var owner = owned ? instance.owner() : null;
        rows.add(
                instance.id(),
                instance.route().workflow(),
                instance.route().text(),
                owner == null ? null : owner.toString(),
                instance.startHash(),
                instance.input().toBytes());
    }

    private static boolean answerBorn(Map<String, Item<Commit.Start>> first, ResultSet born, boolean owned)
            throws SQLException {
        while (born.next()) {
            String id = born.getString(2);
            Instant at = Cells.instant(born, 4);
            var item = first.get(id);
            if (item == null) {
                throw new SQLException("an instance was born that nobody asked for: " + id);
            }
            boolean isOwned = owned && item.commit().instance().owner() != null;
            item.answer(
                    isOwned
                            ? new CommitResult.Born(new Claim(born.getLong(1), id, born.getLong(3), 0), at)
                            : new CommitResult.Accepted(at));
        }
        return true;
    }

    static Map<String, FirstStart> readExisting(ResultSet rows) throws SQLException {
        Map<String, FirstStart> found = new HashMap<>();
        while (rows.next()) {
            found.put(rows.getString(1), new FirstStart(rows.getString(2), rows.getString(3)));
        }
        return found;
    }

    /** Without an answer the item is sent again: who had the id was deleted in between. */
    private static void answerExisting(Item<Commit.Start> item, @Nullable FirstStart found) {
        NewInstance asked = item.commit().instance();
        if (found == null) {
            return;
        }
        item.answer(
                found.isSameAs(asked) ? new CommitResult.Existing() : new CommitResult.Refused(found.refusal(asked)));
    }
}
