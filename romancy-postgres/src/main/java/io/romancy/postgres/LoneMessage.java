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
import java.util.UUID;
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
    /** Parameters stand where they are used, some several times: a row of them would be scanned eight times. */
    private static final String WRITTEN = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            held AS MATERIALIZED (SELECT no FROM {lane} WHERE no = ?::smallint FOR NO KEY UPDATE SKIP LOCKED),
            mine AS MATERIALIZED (
              SELECT no FROM held WHERE (SELECT true FROM {msg} WHERE seq IS NULL AND lane = held.no LIMIT 1) IS NULL),
            m AS (
              INSERT INTO {msg} (at, seq, lane, kind, channel, uid, target, sender, headers, body)
              SELECT (SELECT at FROM clock), CASE WHEN (SELECT true FROM mine) THEN {msg_seq} END, ?::smallint, ?, ?, ?, ?, ?, ?, ?
              /*accepted*/
              ON CONFLICT (uid) DO NOTHING RETURNING id, seq),
            """;

    /** To one instance. If it fails meanwhile, the message lies in its mailbox for a retry. */
    private static final String TO_INSTANCE =
            WRITTEN.replace("/*accepted*/", "WHERE (SELECT state < 4 FROM {run} WHERE id = ?)") + """
            -- Races with claims, commits, cancellations and other dispatchers; this lock decides.
            lk AS MATERIALIZED (
              SELECT r.no, r.route, r.state = 2 AND coalesce(? = ANY (r.waits), false) AS wakes
              FROM m, LATERAL (SELECT no, route, state, waits FROM {run} WHERE id = ? AND (state < 4 OR state = 5) FOR NO KEY UPDATE) r
              WHERE m.seq IS NOT NULL),
            x AS MATERIALIZED (
              SELECT no, wakes, (wakes AND route = ANY (?)
                AND (SELECT true FROM {living})) IS TRUE AS claims FROM lk),
            """;

    /** To everybody who is subscribed. */
    private static final String TO_ALL = WRITTEN.replace("/*accepted*/", "") + """
            -- Races with claims, commits, cancellations and other dispatchers; this lock decides, in order of the number.
            lk AS MATERIALIZED (
              SELECT r.no, r.route, r.state = 2 AND coalesce(? = ANY (r.waits), false) AS wakes
              FROM (SELECT s.run AS no FROM m, LATERAL (SELECT run FROM {sub} WHERE channel = ? AND mode = 'b' OFFSET 0) s
                    WHERE m.seq IS NOT NULL ORDER BY s.run) o,
                LATERAL (SELECT no, route, state, waits FROM {run} WHERE no = o.no AND state < 4 FOR NO KEY UPDATE) r),
            claimed AS MATERIALIZED (
              SELECT array_agg(no) AS nos FROM (
                SELECT lk.no FROM (SELECT FROM {living} OFFSET 0) alive, lk
                WHERE lk.wakes AND lk.route = ANY (?) ORDER BY lk.no LIMIT ?) few),
            x AS MATERIALIZED (
              SELECT lk.no, lk.wakes, (lk.no = ANY ((SELECT nos FROM claimed)::bigint[])) IS TRUE AS claims FROM lk),
            """;

    private static final String DELIVERED = """
            d AS (INSERT INTO {delivery} (run, seq, msg) SELECT x.no, m.seq, m.id FROM x, m),
            w AS (
              UPDATE {run} r SET wake = r.wake + 1, listed = r.listed OR x.claims,
                fence = CASE WHEN x.claims THEN /*next fence*/ ELSE r.fence END,
                state = CASE WHEN x.claims THEN 1 WHEN x.wakes THEN 0 ELSE r.state END,
                run_at = CASE WHEN x.claims THEN NULL WHEN x.wakes THEN (SELECT at FROM clock) ELSE r.run_at END,
                waits = CASE WHEN NOT x.claims THEN r.waits END,
                owner = CASE WHEN x.claims THEN ? ELSE r.owner END
              FROM x WHERE r.no BETWEEN x.no AND x.no
              RETURNING r.no, r.id, r.route, r.fence, r.wake, r.cancel, r.started_at, r.input, x.wakes, x.claims)
            SELECT (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock), m.id, m.seq, (SELECT true FROM held) IS NULL,
                   m.seq IS NOT NULL AND (SELECT true FROM lk LIMIT 1) IS NULL, w.no, w.id, w.route, w.fence, w.wake, w.cancel,
                   (extract(epoch FROM w.started_at) * 1000000)::bigint, w.input, w.claims, w.claims AND (
                     (SELECT s.fence + 1 <> w.fence OR s.wake + 1 <> w.wake FROM {run} s WHERE s.no = w.no)
                     OR (SELECT true FROM {delivery} WHERE run = w.no LIMIT 1) IS NOT NULL)
            FROM (SELECT) one LEFT JOIN m ON true LEFT JOIN w ON w.wakes
            """.replace("/*next fence*/", Timeline.nextFence("r"));

    private final HotStatement toInstance;
    private final HotStatement toAll;

    LoneMessage(Schema schema) {
        this.toInstance = HotStatement.impatient(schema, TO_INSTANCE + DELIVERED);
        this.toAll = HotStatement.impatient(schema, TO_ALL + DELIVERED);
    }

    List<HotStatement> statements() {
        return List.of(toInstance, toAll);
    }

    /** Writes it, answers it unless it was written before, and says who woke; whom it claimed has nothing else in its mailbox. */
    void send(
            Connection connection,
            Item<Commit.Publish> item,
            @Nullable ClaimRequest claim,
            Dispatched done,
            Claims.Claimed claimed)
            throws SQLException {
        var row = MessageRow.of(item.commit().message());
        boolean isDirect = row.target() != null;
        (isDirect ? toInstance : toAll)
                .execute(
                        connection,
                        params -> {
                            bind(params, row);
                            if (isDirect) {
                                bindInstance(params, row, claim);
                            } else {
                                bindAll(params, row, claim);
                            }
                        },
                        rows -> {
                            while (rows.next()) {
                                read(rows, item, isDirect, done, claimed);
                            }
                            return true;
                        });
    }

    private static void bind(Params params, MessageRow row) throws SQLException {
        params.number(row.lane())
                .number(row.lane())
                .text(row.kind())
                .text(row.channel())
                .text(row.uid())
                .text(row.target())
                .text(row.sender())
                .text(row.headers())
                .blob(row.body());
    }

    private static void bindInstance(Params params, MessageRow row, @Nullable ClaimRequest claim) throws SQLException {
        params.text(row.target())
                .text(row.channel())
                .text(row.target())
                .texts(routes(claim))
                .uuid(node(claim))
                .uuid(node(claim));
    }

    private static void bindAll(Params params, MessageRow row, @Nullable ClaimRequest claim) throws SQLException {
        params.text(row.channel())
                .text(row.channel())
                .uuid(node(claim))
                .texts(routes(claim))
                .number(claim == null ? 0 : claim.limit())
                .uuid(node(claim));
    }

    private static @Nullable UUID node(@Nullable ClaimRequest claim) {
        return claim == null ? null : claim.node().value();
    }

    private static String[] routes(@Nullable ClaimRequest claim) {
        return claim == null ? new String[0] : Claims.routes(claim);
    }

    private static void read(
            ResultSet row, Item<Commit.Publish> item, boolean isDirect, Dispatched done, Claims.Claimed claimed)
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
            boolean isTaken = row.getBoolean(4);
            done.lanes(!isTaken, isTaken, false);
            return;
        }
        done.one(isDirect && row.getBoolean(5));
        long run = row.getLong(6);
        if (row.wasNull()) {
            return;
        }
        Route route = Route.parse(row.getString(8));
        String instance = row.getString(7);
        done.woke(instance, route);
        if (row.getBoolean(14)) {
            claimed.add(
                    new ClaimedRun(
                            new Claim(run, instance, row.getLong(9), row.getLong(10)),
                            route,
                            Payload.ofBytes(row.getBytes(13)),
                            Cells.instant(row, 12),
                            List.of(),
                            false,
                            List.of(delivered(item.commit().message(), seq, id, at)),
                            true,
                            row.getString(11),
                            Duration.ZERO),
                    row.getBoolean(15));
        }
    }

    private static DeliveredMessage delivered(NewMessage message, long seq, long id, Instant at) {
        return new DeliveredMessage(
                seq, id, message.channel(), message.sender(), message.headers(), message.payload(), at);
    }
}
