package io.romancy.postgres;

import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Relapse;
import io.romancy.spi.Renewal;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NodeId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Leases, on the database's unmoved clock, and what becomes of runs whose owner has none. */
final class PostgresNodeStore implements NodeStore {
    private static final int RELEASED_AT_ONCE = 500;

    /** More is not counted; the pause has long since stopped to grow. */
    private static final int MOST_COUNTED = 10_000;

    /** With so many the longest pause is among them. */
    private static final int PAUSES = 16;

    private static final String JOIN = """
            INSERT INTO {node} (id, label, version, lease_until, timeline)
            VALUES (?, ?, ?, now() + ? * interval '1 microsecond', {timeline})
            ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until, timeline = excluded.timeline RETURNING 1
            """;

    /** Races with the end of the lease only: both are now() of one statement. One of an earlier timeline ends here. */
    private static final String RENEW = """
            WITH mine AS (
              UPDATE {node} SET lease_until = now() + CASE WHEN timeline = {timeline} THEN ? ELSE 0 END * interval '1 microsecond'
              WHERE id = ? AND lease_until > now() RETURNING timeline, timeline = {timeline} AS held)
            SELECT coalesce((SELECT held FROM mine), false), (SELECT timeline FROM mine WHERE NOT held), {timeline},
                   (SELECT (extract(epoch FROM min(lease_until) - now()) * 1000000)::bigint FROM {node} WHERE id <> ?)
            """;

    private static final String LEAVE = "DELETE FROM {node} WHERE id = ? RETURNING 1";

    /** Races with the node's last commits; what is locked now is left to the reaper. */
    private static final String RELEASE = """
            WITH k AS MATERIALIZED (
              SELECT no FROM {run} WHERE listed_owner = ? ORDER BY no LIMIT %d FOR NO KEY UPDATE SKIP LOCKED),
            u AS (
              UPDATE {run} r SET state = 0, fence = r.fence + 1, run_at = {clock}, owner = NULL
              FROM k WHERE r.no BETWEEN k.no AND k.no RETURNING 1)
            SELECT count(*) FROM u
            """.formatted(RELEASED_AT_ONCE);

    /**
     * By absence of a living owner, and not by the end of a known one: a run whose claim was written after its owner was forgotten is
     * found too. Races with that owner's commits and with other reapers; a locked row is left to the next time. Races also with those who
     * claim what another reaper released: under the lock it must still be the dead owner's. To look again for a living one would not do: the
     * server does not search again for the row that an anti-join did not find, and a new owner's lease may be newer than the snapshot. A
     * record that the dead owner wrote after the snapshot is missed when they are compared: then the count begins anew the next time.
     */
    private static final String REAP = """
            WITH k AS MATERIALIZED (
              SELECT l.no, l.last, CASE WHEN l.lost_at = l.last THEN least(l.lost + 1, %1$d) ELSE 1 END AS times FROM (
                SELECT no, listed_owner AS owner FROM {run} r WHERE listed_owner IS NOT NULL
                  AND NOT EXISTS (SELECT FROM {node} n WHERE n.id = r.listed_owner AND n.lease_until > now())
                ORDER BY listed_owner, no) o,
                LATERAL (SELECT no, lost, lost_at, coalesce((SELECT max(pos) FROM {step} WHERE run = o.no), -1) AS last
                  FROM {run} WHERE no = o.no AND listed_owner = o.owner FOR NO KEY UPDATE SKIP LOCKED) l
              LIMIT ?)
            UPDATE {run} r SET state = CASE WHEN k.times < %2$d THEN 0 ELSE 2 END, fence = r.fence + 1, owner = NULL,
              waits = CASE WHEN k.times < %2$d THEN NULL ELSE '{}'::text[] END,
              run_at = {clock} + (%3$s)[least(k.times, %4$d)] * interval '1 s', lost = k.times, lost_at = k.last
            FROM k WHERE r.no BETWEEN k.no AND k.no RETURNING r.id, r.lost
            """.formatted(MOST_COUNTED, Relapse.FIRST, pauses(), PAUSES);

    private static final String FORGET = """
            DELETE FROM {node} WHERE id IN (
              SELECT id FROM {node} n WHERE lease_until <= now() AND (SELECT true FROM {run} WHERE listed_owner = n.id LIMIT 1) IS NULL
              FOR UPDATE SKIP LOCKED) RETURNING 1
            """;

    private static final String OWNED =
            "SELECT no, id, fence, wake, cancel FROM {run} WHERE listed_owner = ? AND no > ? ORDER BY no LIMIT ?";

    private final Database leases;
    private final Database runs;
    private final Listing listing;
    private final HotStatement join;
    private final HotStatement renew;
    private final HotStatement leave;
    private final HotStatement release;
    private final HotStatement reap;
    private final HotStatement forget;
    private final HotStatement owned;

    /**
     * A store with a connection of its own for renewals, which must queue behind nothing.
     *
     * @param leases where leases are kept
     * @param runs where runs are released and reaped
     * @param listing what makes them visible by their owner
     */
    PostgresNodeStore(Database leases, Database runs, Listing listing) {
        this.leases = leases;
        this.runs = runs;
        this.listing = listing;
        var schema = runs.schema();
        // the table of nodes stays tiny, and renewals are what an idle worker does most
        join = HotStatement.plain(schema, JOIN);
        renew = HotStatement.bare(schema, RENEW);
        leave = HotStatement.plain(schema, LEAVE);
        release = HotStatement.plain(schema, RELEASE);
        reap = HotStatement.plain(schema, REAP);
        forget = HotStatement.plain(schema, FORGET);
        owned = HotStatement.plain(schema, OWNED);
    }

    @Override
    public void join(NodeId node, String label, Duration lease) {
        leases.call(
                "Joining",
                connection -> join.execute(
                        connection,
                        params -> params.uuid(node.value())
                                .text(label)
                                .number(SchemaVersion.KNOWN)
                                .number(Cells.micros(lease)),
                        ResultSet::next));
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        return leases.call(
                "Renewing a lease",
                connection -> renew.execute(
                        connection,
                        params -> params.number(Cells.micros(lease))
                                .uuid(node.value())
                                .uuid(node.value()),
                        PostgresNodeStore::readRenewal));
    }

    @Override
    public void leave(NodeId node) {
        // First the lease, so that nothing is claimed while the rest is released; after a crash in between, reaping
        // does it.
        leases.call(
                "Leaving",
                connection -> leave.execute(connection, params -> params.uuid(node.value()), ResultSet::next));
        listing.refresh();
        int released;
        do {
            released = runs.call(
                    "Releasing runs",
                    connection ->
                            release.execute(connection, params -> params.uuid(node.value()), PostgresNodeStore::count));
        } while (released == RELEASED_AT_ONCE);
    }

    @Override
    public Reaped reap(int limit) {
        listing.refresh();
        return runs.call("Reaping", connection -> reap(connection, limit));
    }

    @Override
    public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
        listing.refreshIfExpected();
        return runs.call(
                "Listing owned runs",
                connection -> owned.execute(
                        connection,
                        params -> params.uuid(node.value()).number(afterRun).number(limit),
                        PostgresNodeStore::readOwned));
    }

    private Reaped reap(Connection connection, int limit) throws SQLException {
        Reaped reaped = reap.execute(connection, params -> params.number(limit), PostgresNodeStore::readReaped);
        forget.execute(connection, params -> {}, ResultSet::next);
        return reaped;
    }

    private static Renewal readRenewal(ResultSet row) throws SQLException {
        row.next();
        boolean held = row.getBoolean(1);
        long before = row.getLong(2);
        String why = row.wasNull()
                ? null
                : "another server became the primary (timeline " + (row.getLong(3) + 1) + " after " + (before + 1)
                        + "), which may lack the last commits";
        long next = row.getLong(4);
        return new Renewal(held, row.wasNull() ? null : Duration.of(Math.max(0, next), ChronoUnit.MICROS), why);
    }

    private static List<OwnedRun> readOwned(ResultSet rows) throws SQLException {
        List<OwnedRun> owned = new ArrayList<>();
        while (rows.next()) {
            var claim = new Claim(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getLong(4));
            owned.add(new OwnedRun(claim, rows.getString(5)));
        }
        return owned;
    }

    /** The seconds of the pauses, as an array of SQL. */
    private static String pauses() {
        return IntStream.rangeClosed(1, PAUSES)
                .mapToObj(times -> Long.toString(Relapse.pauseAfter(times).toSeconds()))
                .collect(Collectors.joining(", ", "ARRAY[", "]"));
    }

    private static Reaped readReaped(ResultSet rows) throws SQLException {
        Map<String, Integer> taken = new LinkedHashMap<>();
        while (rows.next()) {
            taken.put(rows.getString(1), rows.getInt(2));
        }
        return Reaped.of(taken);
    }

    private static int count(ResultSet row) throws SQLException {
        row.next();
        return row.getInt(1);
    }
}
