package io.romancy.postgres;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message to an instance, or to everybody subscribed, that has its lane to itself: written, dispatched and its receivers claimed by one
 * statement. Most messages are such, and to set up three large statements for one row each took longer than what they did.
 *
 * <p>Why one snapshot will do, where a dispatch of other people's messages needs a new one under the lock of the lane: no other dispatcher
 * can see this message, and what must come before it was committed before this statement began. If any of that is still waiting in the lane,
 * or somebody holds the lane, the message waits there too, and the answer says that somebody must look. The lock of the lane is held to the
 * commit, so the next dispatcher's snapshot shows what this one did.
 */
final class LoneMessage {
    private static final String TEXT = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            p AS MATERIALIZED (
              SELECT ?::smallint AS lane, ?::text AS kind, ?::text AS channel, ?::text AS uid, ?::text AS target, ?::text AS sender,
                     ?::text AS headers, ?::bytea AS body, ?::uuid AS node, ?::text[] AS routes, ?::integer AS most),
            held AS MATERIALIZED (
              SELECT l.no FROM p, LATERAL (SELECT no FROM {lane} WHERE no = p.lane FOR NO KEY UPDATE SKIP LOCKED) l),
            mine AS MATERIALIZED (
              SELECT no FROM held WHERE (SELECT true FROM {msg} WHERE seq IS NULL AND lane = held.no LIMIT 1) IS NULL),
            m AS (
              INSERT INTO {msg} (at, seq, lane, kind, channel, uid, target, sender, headers, body)
              SELECT clock.at, CASE WHEN (SELECT true FROM mine) THEN {msg_seq} END, p.lane, p.kind, p.channel, p.uid, p.target, p.sender,
                     p.headers, p.body
              FROM p, clock
              WHERE p.target IS NULL OR (SELECT state < 4 FROM {run} WHERE id = p.target)
              ON CONFLICT (uid) DO NOTHING RETURNING id, seq),
            t AS MATERIALIZED (
              SELECT r.no FROM m, p, LATERAL (SELECT no FROM {run} WHERE id = p.target AND state < 4 OFFSET 0) r
              WHERE m.seq IS NOT NULL
              UNION ALL
              SELECT s.run FROM m, p, LATERAL (SELECT run FROM {sub} WHERE channel = p.channel AND mode = 'b' OFFSET 0) s
              WHERE m.seq IS NOT NULL AND p.target IS NULL),
            -- Races with claims, commits, cancellations and other dispatchers; this lock decides, in order of the number.
            lk AS MATERIALIZED (
              SELECT r.no, r.route, r.state = 2 AND coalesce(p.channel = ANY (r.waits), false) AS wakes
              FROM (SELECT no FROM t ORDER BY no) o,
                LATERAL (SELECT no, route, state, waits FROM {run} WHERE no = o.no AND state < 4 FOR NO KEY UPDATE) r, p),
            d AS (INSERT INTO {delivery} (run, seq, msg) SELECT lk.no, m.seq, m.id FROM lk, m),
            claimed AS MATERIALIZED (
              SELECT lk.no FROM p, LATERAL (SELECT FROM {node} WHERE id = p.node AND lease_until > now() OFFSET 0) alive, lk
              WHERE lk.wakes AND lk.route = ANY (p.routes) ORDER BY lk.no LIMIT (SELECT most FROM p)),
            x AS MATERIALIZED (SELECT lk.no, lk.wakes, (lk.no IN (SELECT no FROM claimed)) IS TRUE AS claims FROM lk),
            w AS (
              UPDATE {run} r SET wake = r.wake + 1, fence = r.fence + x.claims::integer, listed = r.listed OR x.claims,
                state = CASE WHEN x.claims THEN 1 WHEN x.wakes THEN 0 ELSE r.state END,
                run_at = CASE WHEN x.claims THEN NULL WHEN x.wakes THEN (SELECT at FROM clock) ELSE r.run_at END,
                waits = CASE WHEN NOT x.claims THEN r.waits END,
                owner = CASE WHEN x.claims THEN (SELECT node FROM p) ELSE r.owner END
              FROM x WHERE r.no BETWEEN x.no AND x.no
              RETURNING r.no, r.id, r.route, r.fence, r.wake, r.cancel, r.started_at, r.input, x.wakes, x.claims)
            SELECT (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock), m.id, m.seq, w.no, w.id, w.route, w.fence, w.wake,
                   w.cancel, (extract(epoch FROM w.started_at) * 1000000)::bigint, w.input, w.claims,
                   seen.fence + 1 <> w.fence OR seen.wake + 1 <> w.wake
                     OR (SELECT true FROM {delivery} WHERE run = w.no LIMIT 1) IS NOT NULL,
                   m.seq IS NOT NULL AND p.target IS NOT NULL AND (SELECT true FROM lk LIMIT 1) IS NULL, (SELECT true FROM held) IS NULL
            FROM p LEFT JOIN m ON true LEFT JOIN w ON w.wakes
              LEFT JOIN LATERAL (SELECT fence, wake FROM {run} WHERE no = w.no OFFSET 0) seen ON true
            """;

    private final HotStatement statement;

    LoneMessage(Schema schema) {
        this.statement = HotStatement.impatient(schema, TEXT);
    }

    HotStatement statement() {
        return statement;
    }

    /** Writes it, answers it unless it was written before, and says who woke; whom it claimed has nothing else in its mailbox. */
    void send(
            Connection connection,
            Item<Commit.Publish> item,
            @Nullable ClaimRequest claim,
            Dispatched done,
            Claims.Claimed claimed)
            throws SQLException {
        var message = item.commit().message();
        statement.execute(connection, params -> bind(params, MessageRow.of(message), claim), rows -> {
            while (rows.next()) {
                read(rows, item, done, claimed);
            }
            return true;
        });
    }

    private static void bind(Params params, MessageRow row, @Nullable ClaimRequest claim) throws SQLException {
        params.number(row.lane())
                .text(row.kind())
                .text(row.channel())
                .text(row.uid())
                .text(row.target())
                .text(row.sender())
                .text(row.headers())
                .blob(row.body())
                .uuid(claim == null ? null : claim.node().value())
                .texts(claim == null ? new String[0] : Claims.routes(claim))
                .number(claim == null ? 0 : claim.limit());
    }

    private static void read(ResultSet row, Item<Commit.Publish> item, Dispatched done, Claims.Claimed claimed)
            throws SQLException {
        Instant at = Cells.instant(row, 1);
        claimed.at(at);
        long id = row.getLong(2);
        if (row.wasNull()) {
            return;
        }
        item.answer(new CommitResult.Accepted(at, id));
        long seq = row.getLong(3);
        if (row.wasNull()) {
            boolean isTaken = row.getBoolean(15);
            done.lanes(!isTaken, isTaken, false);
            return;
        }
        done.one(row.getBoolean(14));
        long run = row.getLong(4);
        if (row.wasNull()) {
            return;
        }
        Route route = Route.parse(row.getString(6));
        String instance = row.getString(5);
        done.woke(instance, route);
        if (row.getBoolean(12)) {
            var claim = new Claim(run, instance, row.getLong(7), row.getLong(8));
            claimed.add(
                    new ClaimedRun(
                            claim,
                            route,
                            Payload.ofBytes(row.getBytes(11)),
                            Cells.instant(row, 10),
                            List.of(),
                            false,
                            List.of(delivered(item.commit().message(), seq, id, at)),
                            true,
                            row.getString(9),
                            Duration.ZERO),
                    row.getBoolean(13));
        }
    }

    private static DeliveredMessage delivered(NewMessage message, long seq, long id, Instant at) {
        return new DeliveredMessage(
                seq, id, message.channel(), message.sender(), message.headers(), message.payload(), at);
    }
}
