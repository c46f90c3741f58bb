package io.romancy.postgres;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.RunStore;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Claims due runs in one round trip: lock, mark, read. Unknown routes cost nothing, far timers lie right of the scan, and nothing is
 * locked beyond the limit.
 *
 * <p>Between its snapshot and its lock another worker may have run an instance and released it: then the claim has the newest fence and an
 * old history. The row as the snapshot saw it tells, and history and mailbox are read again.
 */
final class Claims {
    /** The inner limit is a literal: with a parameter the server sorts the whole route. */
    private static final int[] LIMITS = {16, 64, 256, 1024, 4096, 16384};

    private static final String CLAIM = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            -- Races with other claims and with dispatch: a row that somebody holds is skipped, so nobody waits and none is taken twice.
            ready AS MATERIALIZED (
              SELECT x.* FROM (SELECT FROM {living}) alive,
                unnest((SELECT ?::text[])) q(route),
                LATERAL (SELECT no, octet_length(input) AS size FROM {run} WHERE route = q.route AND run_at <= (SELECT at FROM clock)
                         ORDER BY run_at LIMIT /*limit*/ FOR NO KEY UPDATE SKIP LOCKED) x
              LIMIT ?),
            -- Of large ones as many as fit; the others stay as they are.
            due AS MATERIALIZED (
              SELECT no FROM (SELECT no, size, sum(size) OVER (ROWS UNBOUNDED PRECEDING) AS upto FROM ready) sized
              WHERE upto <= /*most bytes*/ OR upto = size),
            x AS (
              UPDATE {run} r SET state = 1, run_at = NULL, waits = NULL, owner = ?, listed = true,
                fence = /*next fence*/
              FROM due WHERE r.no BETWEEN due.no AND due.no
              RETURNING r.no, r.id, r.route, r.fence, r.wake, r.cancel, r.started_at, r.input)
            SELECT x.no, x.id, x.route, x.fence, x.wake, x.cancel, (extract(epoch FROM x.started_at) * 1000000)::bigint,
                   x.input, seen.fence + 1 <> x.fence OR seen.wake <> x.wake,
                   (extract(epoch FROM (SELECT at FROM clock) - seen.run_at) * 1000000)::bigint, h.*, m.*
            FROM x,
              LATERAL (SELECT fence, wake, run_at FROM {run} WHERE no = x.no OFFSET 0) seen,
              /*history*/ h,
              /*mailbox*/ m
            """.replace("/*next fence*/", Timeline.nextFence("r"))
            .replace("/*most bytes*/", Integer.toString(RunStore.CLAIMED_INPUT_BYTES));

    /** When the next row is due by itself. In the same transaction and under a newer snapshot. */
    private static final String NEXT_DUE = """
            SELECT (extract(epoch FROM min(x.run_at)) * 1000000)::bigint, (extract(epoch FROM {clock}) * 1000000)::bigint
            FROM unnest((SELECT ?::text[])) q(route),
              LATERAL (SELECT run_at FROM {run} WHERE route = q.route AND run_at IS NOT NULL ORDER BY run_at LIMIT 1) x
            """;

    private static final String READ_AGAIN = """
            SELECT x.no, h.*, m.* FROM unnest((SELECT ?::bigint[])) x(no),
              /*history*/ h,
              /*mailbox*/ m
            """;

    private static final int HISTORY = 11;

    private final Database database;
    private final Map<Kind, HotStatement> claims = new ConcurrentHashMap<>();
    private final HotStatement readAgain;

    /** To put histories together is the dearest part of a claim. */
    private record Kind(int limit, boolean histories) {
        String template() {
            return (histories ? ReadRuns.complete(CLAIM) : ReadRuns.completeWithoutHistory(CLAIM))
                    .replace("/*limit*/", Integer.toString(limit));
        }
    }

    Claims(Database database) {
        this.database = database;
        this.readAgain = HotStatement.plain(database.schema(), ReadRuns.complete(READ_AGAIN));
    }

    ClaimBatch claim(ClaimRequest request) {
        return database.call("Claiming", connection -> claim(connection, request));
    }

    /** The statement for a limit, for whoever explains its plan. */
    HotStatement statement(int limit, boolean histories) {
        return claims.computeIfAbsent(
                new Kind(literal(limit), histories),
                kind -> HotStatement.plain(database.schema(), kind.template(), NEXT_DUE));
    }

    /** The claim for at most this many that take part in the short way: no look at what is due next, and no histories. */
    static String shortTemplate(int limit) {
        return new Kind(literal(limit), false).template();
    }

    /** The parameters of that. */
    static Params bindRuns(Params params, ClaimRequest request) throws SQLException {
        return params.uuid(request.node().value())
                .texts(routes(request))
                .number(request.limit())
                .uuid(request.node().value());
    }

    static String[] routes(ClaimRequest request) {
        return request.routes().stream().map(Route::text).toArray(String[]::new);
    }

    private ClaimBatch claim(Connection connection, ClaimRequest request) throws SQLException {
        var claimed = new Claimed();
        statement(request.limit(), request.histories())
                .executeAll(
                        connection,
                        params -> bindRuns(params, request).texts(routes(request)),
                        claimed::readRuns,
                        claimed::readNextDue);
        return complete(connection, claimed);
    }

    /** What was claimed, with histories and mailboxes that are not older than the claim. */
    ClaimBatch complete(Connection connection, Claimed claimed) throws SQLException {
        if (!claimed.stale.isEmpty()) {
            Long[] stale = claimed.stale.toArray(Long[]::new);
            readAgain.execute(connection, params -> params.numbers(stale), rows -> {
                while (rows.next()) {
                    claimed.replace(rows);
                }
                return true;
            });
        }
        return claimed.batch();
    }

    private static int literal(int limit) {
        for (int literal : LIMITS) {
            if (limit <= literal) {
                return literal;
            }
        }
        return LIMITS[LIMITS.length - 1];
    }

    /** What the claim answers, while it is put together. */
    static final class Claimed {
        private final Map<Long, ClaimedRun> runs = new LinkedHashMap<>();
        private final List<Long> stale = new ArrayList<>();
        private @Nullable Duration nextDueIn;
        private Instant now = Instant.EPOCH;

        boolean readRuns(ResultSet rows) throws SQLException {
            while (rows.next()) {
                var claim = new Claim(rows.getLong(1), rows.getString(2), rows.getLong(4), rows.getLong(5));
                var mailbox = ReadRuns.mailbox(rows, HISTORY + ReadRuns.HISTORY_COLUMNS);
                add(
                        new ClaimedRun(
                                claim,
                                Route.parse(rows.getString(3)),
                                Payload.ofBytes(rows.getBytes(8)),
                                Cells.instant(rows, 7),
                                ReadRuns.history(rows, HISTORY),
                                ReadRuns.isHistoryComplete(rows, HISTORY),
                                mailbox.messages(),
                                mailbox.isComplete(),
                                rows.getString(6),
                                waited(rows)),
                        rows.getBoolean(9));
            }
            return true;
        }

        /** One that was claimed; one whose history or mailbox may be older than the claim has them read again. */
        void add(ClaimedRun run, boolean isStale) {
            runs.put(run.claim().run(), run);
            if (isStale) {
                stale.add(run.claim().run());
            }
        }

        boolean readNextDue(ResultSet rows) throws SQLException {
            rows.next();
            long due = rows.getLong(1);
            boolean isNone = rows.wasNull();
            now = Cells.instant(rows, 2);
            nextDueIn = isNone ? null : Duration.between(now, Cells.instant(due));
            if (nextDueIn != null && nextDueIn.isNegative()) {
                nextDueIn = Duration.ZERO;
            }
            return true;
        }

        /** Says what time it was, instead of the statement that looks at what is due next. */
        void at(Instant time) {
            now = time;
        }

        void replace(ResultSet rows) throws SQLException {
            var mailbox = ReadRuns.mailbox(rows, 2 + ReadRuns.HISTORY_COLUMNS);
            ClaimedRun old = runs.get(rows.getLong(1));
            if (old == null) {
                throw new SQLException("a run was read that was not claimed: " + rows.getLong(1));
            }
            runs.put(
                    old.claim().run(),
                    new ClaimedRun(
                            old.claim(),
                            old.route(),
                            old.input(),
                            old.startedAt(),
                            ReadRuns.history(rows, 2),
                            ReadRuns.isHistoryComplete(rows, 2),
                            mailbox.messages(),
                            mailbox.isComplete(),
                            old.cancelReason(),
                            old.waited()));
        }

        /** Less than zero, or unknown, if another worker had it between the snapshot and the lock. */
        private static Duration waited(ResultSet rows) throws SQLException {
            return Duration.of(Math.max(0, rows.getLong(10)), ChronoUnit.MICROS);
        }

        ClaimBatch batch() {
            return new ClaimBatch(List.copyOf(runs.values()), nextDueIn, now);
        }
    }
}
