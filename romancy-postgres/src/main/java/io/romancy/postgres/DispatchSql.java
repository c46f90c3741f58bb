package io.romancy.postgres;

/**
 * The statements of one dispatch, in order. They travel together, in one round trip and one transaction; between the first and the second
 * a new snapshot is taken all the same: what a statement sees may be older than a lock that it waited for. The first one tells the second
 * in a setting of this transaction which lanes it got.
 */
final class DispatchSql {
    /** Messages of one lane that one dispatch looks at: a literal, so that the index is read in order and not sorted. */
    static final int OF_ONE_LANE = 256;

    /** Waiting runs, and queued messages, of one topic that one dispatch brings together. */
    static final int PAIRS = 256;

    static final String HAND_ON_LANES =
            "set_config('romancy.lanes', coalesce((SELECT string_agg(no::text, ',') FROM mine), ''), true)";

    /** Lanes with messages are found from one to the next: there are few, as a rule. */
    private static final String FOUND = """
            WITH RECURSIVE found(no) AS (
              (SELECT lane FROM {msg} WHERE seq IS NULL ORDER BY lane LIMIT 1)
              UNION ALL
              SELECT (SELECT lane FROM {msg} WHERE seq IS NULL AND lane > f.no ORDER BY lane LIMIT 1) FROM found f WHERE f.no IS NOT NULL)
            """;

    /** The lanes that have messages; a look only. */
    static final String BUSY = FOUND + "SELECT no FROM found WHERE no IS NOT NULL ORDER BY no";

    /**
     * Dispatch alone on some lanes, in one half of them. Not on all: others dispatch beside. Their lock decides between two dispatchers;
     * a taken lane is left to whoever has it. What a crash undoes here is done again, and a claim that saw it makes it durable, so nobody
     * waits for the disk.
     */
    static final String LANES = FOUND + """
            ,
            half AS MATERIALIZED (SELECT ?::integer AS first),
            wanted AS MATERIALIZED (
              SELECT found.no FROM found, half WHERE found.no BETWEEN half.first AND half.first + 63 ORDER BY (found.no + ?) % 64 LIMIT 8),
            mine AS MATERIALIZED (
              SELECT l.no FROM (SELECT no FROM wanted ORDER BY no) w,
                LATERAL (SELECT no FROM {lane} WHERE no = w.no FOR NO KEY UPDATE SKIP LOCKED) l)
            SELECT set_config('synchronous_commit', 'off', true), /*hand on*/,
                   (SELECT count(*) FROM found, half WHERE no BETWEEN half.first AND half.first + 63), (SELECT count(*) FROM wanted),
                   (SELECT count(*) FROM mine), (SELECT count(*) FROM found WHERE no >= 64)
            """.replace("/*hand on*/", HAND_ON_LANES);

    /** The same for one lane, instead of for a half of them from this one on. */
    static final String LANE = LANES.replace("half.first + 63", "half.first");

    private static final String PENDING = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            m AS MATERIALIZED (
              SELECT p.* FROM unnest((SELECT string_to_array(current_setting('romancy.lanes'), ',')::smallint[])) l(no),
                LATERAL (SELECT id, lane, kind, channel, target, xid, headers FROM {msg} WHERE seq IS NULL AND lane = l.no
                         ORDER BY id LIMIT %d) p
              LIMIT ?),
            q AS MATERIALIZED (SELECT m.*, {msg_seq} AS seq FROM (SELECT * FROM m ORDER BY id) m),
            """.formatted(OF_ONE_LANE);

    /**
     * Messages to instances and to everybody subscribed. A run is woken if it waits for the channel, or is asked to cancel; into the mailbox
     * of one that failed, a direct message is laid for its retry. A direct message whose target was there in the snapshot and could not be
     * locked, because it ended meanwhile, stays: the next round decides.
     */
    static final String DELIVER = PENDING + """
            t AS MATERIALIZED (
              SELECT q.id, q.seq, q.kind, q.channel, q.headers, r.no FROM q,
                LATERAL (SELECT no FROM {run} WHERE id = q.target AND (state < 4 OR state = 5 AND q.kind = 'd') OFFSET 0) r
              UNION ALL
              SELECT q.id, q.seq, q.kind, q.channel, q.headers, s.run FROM q,
                LATERAL (SELECT run FROM {sub} WHERE channel = q.channel AND mode = 'b'
                           AND NOT pg_visible_in_snapshot(q.xid, since) OFFSET 0) s
              WHERE q.target IS NULL),
            x AS MATERIALIZED (
              SELECT no, array_agg(channel) FILTER (WHERE kind <> 'x') AS channels,
                     (array_agg(headers ORDER BY seq) FILTER (WHERE kind = 'x'))[1] AS reason
              FROM t GROUP BY no),
            -- Races with claims, commits, cancellations and other dispatchers; this lock decides, in order of the number.
            lk AS MATERIALIZED (
              SELECT o.no, o.channels, o.reason, o.reason IS NOT NULL AND r.cancel IS NULL AND r.state < 4 AS cancels, r.id, r.route,
                     r.state IN (2, 3) AND o.reason IS NOT NULL AND (r.cancel IS NULL OR r.state = 3)
                       OR r.state = 2 AND coalesce(r.waits && o.channels, false) AS wakes
              FROM (SELECT * FROM x ORDER BY no) o,
                LATERAL (SELECT id, route, state, cancel, waits FROM {run}
                         WHERE no = o.no AND (state < 4 OR state = 5 AND o.channels IS NOT NULL) FOR NO KEY UPDATE) r),
            d AS (
              INSERT INTO {delivery} (run, seq, msg)
              SELECT t.no, t.seq, t.id FROM t WHERE t.kind <> 'x' AND (t.no IN (SELECT no FROM lk)) IS TRUE),
            w AS (
              -- What is stuck and is cancelled, for the first time or again, goes on, to its end: the diagnosis is history.
              UPDATE {run} r SET wake = r.wake + 1, cancel = CASE WHEN lk.cancels THEN lk.reason ELSE r.cancel END,
                output = CASE WHEN NOT lk.wakes THEN r.output END,
                state = CASE WHEN lk.wakes THEN 0 ELSE r.state END,
                run_at = CASE WHEN lk.wakes THEN (SELECT at FROM clock) ELSE r.run_at END
              FROM lk WHERE r.no BETWEEN lk.no AND lk.no AND (lk.cancels OR lk.wakes OR lk.channels IS NOT NULL)
              RETURNING r.no, lk.id, lk.route, lk.wakes AS woken),
            late AS MATERIALIZED (
              SELECT t.id FROM t WHERE t.kind IN ('d', 'x') AND (t.no IN (SELECT no FROM lk)) IS NOT TRUE),
            p AS (
              UPDATE {msg} m SET seq = q.seq FROM q
              WHERE m.id BETWEEN q.id AND q.id AND (q.id IN (SELECT id FROM late)) IS NOT TRUE
              RETURNING q.id, q.kind IN ('d', 'x') AND (q.id IN (SELECT id FROM t)) IS NOT TRUE AS dropped)
            SELECT (SELECT count(*) FROM q), (SELECT count(*) FILTER (WHERE dropped) FROM p),
                   (SELECT array_agg(id) FILTER (WHERE woken) FROM w), (SELECT array_agg(route) FILTER (WHERE woken) FROM w),
                   (SELECT count(*) FROM late)
            """;

    /**
     * Messages of which one receiver gets each. A message and a run that waits are brought together by whichever came second: a message,
     * or the run's asking. Only runs that are seen waiting under their lock get one, and each one only.
     */
    static final String SHARE_OUT = PENDING + """
            topics AS MATERIALIZED (SELECT DISTINCT channel, lane FROM q),
            queue AS MATERIALIZED (
              SELECT channel, id, row_number() OVER (PARTITION BY channel ORDER BY id) AS place FROM (
                SELECT topics.channel, o.id FROM topics,
                  LATERAL (SELECT id FROM {msg} WHERE queued AND channel = topics.channel ORDER BY id LIMIT %1$d) o
                UNION ALL SELECT channel, id FROM q WHERE kind = 'c') both_kinds),
            candidates AS MATERIALIZED (
              SELECT topics.channel, c.run FROM topics,
                LATERAL (SELECT s.run FROM {sub} s, LATERAL (
                             SELECT FROM {run} WHERE no = s.run AND state = 2 AND topics.channel = ANY (waits) OFFSET 0) r
                         WHERE s.channel = topics.channel AND s.mode = 'c' LIMIT %1$d) c),
            once AS MATERIALIZED (
              SELECT DISTINCT ON (c.run) c.run AS no, c.channel FROM candidates c
              WHERE (c.channel IN (SELECT channel FROM queue)) IS TRUE ORDER BY c.run, c.channel),
            -- Races with claims (a timer), commits and other dispatchers; this lock decides, in order of the number.
            lk AS MATERIALIZED (
              SELECT o.*, r.id, r.route FROM (SELECT * FROM once ORDER BY no) o,
                LATERAL (SELECT id, route FROM {run} WHERE no = o.no AND state = 2 AND o.channel = ANY (waits)
                         FOR NO KEY UPDATE) r),
            waiting AS MATERIALIZED (
              SELECT *, row_number() OVER (PARTITION BY channel ORDER BY no) AS place FROM lk),
            pairs AS MATERIALIZED (
              SELECT waiting.no, waiting.id, waiting.route, waiting.channel, queue.id AS msg
              FROM waiting JOIN queue ON (queue.channel, queue.place) = (waiting.channel, waiting.place)),
            places AS MATERIALIZED (SELECT pairs.*, coalesce(q.seq, {msg_seq}) AS seq
              FROM pairs LEFT JOIN q ON q.id = pairs.msg),
            d AS (INSERT INTO {delivery} (run, seq, msg) SELECT no, seq, msg FROM places),
            w AS (
              UPDATE {run} r SET wake = r.wake + 1, state = 0, run_at = (SELECT at FROM clock)
              FROM places p WHERE r.no BETWEEN p.no AND p.no),
            settled AS MATERIALIZED (
              SELECT q.id, q.seq, (q.id IN (SELECT msg FROM pairs)) IS NOT TRUE AS queued FROM q WHERE kind = 'c'
              UNION ALL
              SELECT p.msg, p.seq, false FROM places p WHERE (p.msg IN (SELECT id FROM q)) IS NOT TRUE),
            p AS (
              UPDATE {msg} m SET seq = s.seq, queued = s.queued FROM settled s WHERE m.id BETWEEN s.id AND s.id),
            -- An asking is answered, unless more can be brought together than one statement does.
            answered AS (
              DELETE FROM {msg} m USING q WHERE m.id BETWEEN q.id AND q.id AND q.kind = 'a'),
            -- What this statement could not bring together, the next one will: the topic is asked for once more.
            again AS (
              INSERT INTO {msg} (at, lane, kind, channel)
              SELECT (SELECT at FROM clock), t.lane, 'a', t.channel FROM topics t
              WHERE (EXISTS (SELECT FROM pairs WHERE channel = t.channel)
                     AND ((SELECT count(*) FROM queue WHERE channel = t.channel) >= %1$d
                       OR (SELECT count(*) FROM candidates WHERE channel = t.channel) >= %1$d))
                 OR (EXISTS (SELECT FROM queue WHERE channel = t.channel AND (id IN (SELECT msg FROM pairs)) IS NOT TRUE)
                     AND EXISTS (SELECT FROM candidates WHERE channel = t.channel
                                   AND (run IN (SELECT no FROM pairs)) IS NOT TRUE))
              RETURNING 1)
            SELECT (SELECT count(*) FROM q), 0, (SELECT array_agg(id) FROM places), (SELECT array_agg(route) FROM places),
                   (SELECT count(*) FROM again)
            """.formatted(PAIRS);

    private DispatchSql() {}
}
