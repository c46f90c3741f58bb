package io.romancy.postgres;

/**
 * The fenced batch commit: one statement for the commits of many runs. Nothing is written for a run unless its row is locked, RUNNING, at
 * the commit's fence; a comparison without the lock would let a stalled writer append after a take-over.
 *
 * <p>Rules that the texts keep:
 *
 * <ul>
 *   <li>Parts of one statement do not see each other's rows, and of two that update one row only one takes effect. So each table is
 *       updated by one part, and what is new in this statement is handed from part to part.
 *   <li>Whether item {@code n} may be written stands in an array, {@code go[n]}: a join of two lists whose length the planner does not
 *       know may become a nested loop.
 *   <li>Tables are reached in a {@code LATERAL} or by {@code BETWEEN x AND x}: neither can become a hash or merge join, which would read
 *       the table whole.
 *   <li>{@code unnest((SELECT ?))} hides the length of the parameter, so the server keeps one plan. The columns that every batch brings are
 *       taken apart in a select list, side by side: in {@code FROM}, each would be copied twice on its way.
 * </ul>
 */
final class RunCommitSql {
    /** Answers for one item. */
    static final int DONE = 0;

    static final int LOOK = 1;
    static final int BUSY = 2;
    static final int DONE_BEFORE = 3;
    static final int LOST = 4;

    /** Only {@link #plain}: the run ends with subscriptions or unread messages, which {@link #everything} clears away. */
    static final int LEFTOVERS = 5;

    /** In front of the names of topics that a FAILED run was subscribed to; no stored name of a channel begins so. */
    static final String RESTING = "~";

    /** {@code to_state} of an item that stays RUNNING. */
    static final int STAYS = -1;

    private static final String ITEMS = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at/*silence*/ FROM {meta} WHERE one),
            h AS MATERIALIZED (
              SELECT unnest((SELECT ?::integer[])) AS item, unnest((SELECT ?::bigint[])) AS no, unnest((SELECT ?::bigint[])) AS fence,
                     unnest((SELECT ?::bigint[])) AS wake, unnest((SELECT ?::integer[])) AS to_state, unnest((SELECT ?::bigint[])) AS due,
                     unnest((SELECT ?::boolean[])) AS due_in, unnest((SELECT ?::text[])) AS waits, unnest((SELECT ?::bytea[])) AS output/*last*/),
            """;

    /** The record that a run takes with it; no part of statements after which all stay RUNNING. */
    private static final String LAST = """
            ,
                     unnest((SELECT ?::bigint[])) AS last_pos, unnest((SELECT ?::bigint[])) AS last_kind,
                     unnest((SELECT ?::text[])) AS last_name, unnest((SELECT ?::bytea[])) AS last_body""";

    /**
     * How long the session may say nothing from now to the end of the transaction: the run's row is locked until then, and a client that lost
     * its power would keep it for hours from its messages and from whoever takes it over. Long for a hook that runs before the commit; a
     * shorter limit of the application stays. Set as the statement goes, because the application pays for each.
     */
    private static final String SILENCE = """
            , set_config('idle_in_transaction_session_timeout', CASE
                WHEN current_setting('idle_in_transaction_session_timeout')::interval BETWEEN interval '1 ms' AND interval '30 s'
                THEN current_setting('idle_in_transaction_session_timeout') ELSE '30s' END, true)""";

    private static final String LOCKED = """
            -- Races with claims, the reaper, dispatch and other commits of the run; this lock decides, in order of the number.
            ok AS MATERIALIZED (
              SELECT h.*, r.wake AS now_wake, r.cancel, r.locked,
                     coalesce(r.locked AND (h.to_state < 0 OR h.wake = r.wake)/*no leftovers*/, false) AS go
              FROM h LEFT JOIN LATERAL (
                SELECT true AS locked, wake, cancel FROM {run} WHERE no = h.no AND fence = h.fence AND fence >> 32 = {timeline} AND state = 1
                FOR NO KEY UPDATE /*wait*/) r ON true),
            go AS MATERIALIZED (SELECT array_agg(ok.go ORDER BY item) AS item FROM ok),
            """;

    private static final String STEPS = """
            s AS (
              INSERT INTO {step} AS t (run, pos, fence, kind, name, body, at)
              SELECT i.no, i.pos, i.fence, i.kind, i.name, i.body, (SELECT at FROM clock)
              FROM (SELECT unnest((SELECT ?::integer[])) AS item, unnest((SELECT ?::bigint[])) AS no, unnest((SELECT ?::bigint[])) AS fence,
                      unnest((SELECT ?::integer[])) AS pos, unnest((SELECT ?::integer[])) AS kind, unnest((SELECT ?::text[])) AS name,
                      unnest((SELECT ?::bytea[])) AS body) i
              WHERE /*go*/
              /*conflict*/
              RETURNING run, pos)
            """;

    /** Each row is locked and logged once more for this: a quarter of the work of a commit. */
    private static final String REPLACE_OPEN = """
            ON CONFLICT (run, pos) DO UPDATE SET fence = excluded.fence, kind = excluded.kind, name = excluded.name,
                body = excluded.body, at = excluded.at WHERE t.kind < 0""";

    /** Of items that all stay RUNNING. */
    private static final String OF_STEPS = ITEMS + LOCKED + STEPS.replace("/*go*/", "(SELECT item FROM go)[i.item]");

    private static final String OF_ALL_ITEMS = OF_STEPS.replace("/*last*/", LAST);

    /**
     * Whoever delivers to a run raises its wake, so with the wake that was seen, what this snapshot shows is all there is; with none,
     * nobody ever did.
     */
    private static final String NO_LEFTOVERS = """
             AND (h.to_state < 4 OR (h.wake = 0 OR (SELECT true FROM {delivery} WHERE run = h.no LIMIT 1) IS NULL)
                AND (SELECT true FROM {sub} s WHERE s.run = h.no LIMIT 1) IS NULL)""";

    private static final String LEAVE_RUNNING = """
            UPDATE {run} r SET state = h.to_state, owner = NULL, waits = h.waits::text[], output = h.output,
                run_at = CASE h.to_state
                  WHEN 0 THEN (SELECT at FROM clock)
                  WHEN 2 THEN CASE WHEN h.due_in THEN (SELECT at FROM clock) ELSE timestamptz 'epoch' END
                    + h.due * interval '1 microsecond' END,
                ended_at = CASE WHEN h.to_state >= 4 THEN (SELECT at FROM clock) END,
                last_pos = h.last_pos, last_kind = h.last_kind, last_name = h.last_name, last_body = h.last_body""";

    /**
     * The update itself checks the fence and takes the lock, in order of the number: of a row that another transaction has changed
     * meanwhile it looks at what became of it, and passes it by unless all is as before.
     */
    private static final String ONLY_WAY_OUT =
            """
            u AS (
              /*leave running*/
              FROM h WHERE r.no BETWEEN h.no AND h.no AND r.fence = h.fence AND r.fence >> 32 = {timeline} AND r.state = 1
                AND r.wake = h.wake
               /*no leftovers*/
              RETURNING h.item, r.wake, r.cancel),
            """.replace("/*leave running*/", LEAVE_RUNNING).replace("/*no leftovers*/", NO_LEFTOVERS);

    private static final String ONLY_ANSWERS = """
            SELECT item, wake, cancel, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock), (SELECT count(*) FROM s)
            FROM u
            """;

    private static final String SIDE_ROWS = """
            ,
            used AS MATERIALIZED (
              SELECT i.no, i.seq FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::bigint[])) i(item, no, seq)
              WHERE (SELECT item FROM go)[i.item]),
            left_topics AS MATERIALIZED (
              SELECT i.no, i.channel FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::text[]))
                i(item, no, channel)
              WHERE (SELECT item FROM go)[i.item]),
            -- What will never be consumed: everything of a run that ends, and what came from a topic that is left.
            unread AS MATERIALIZED (
              SELECT d.ctid, d.run, d.seq, d.msg FROM ok,
                LATERAL (SELECT ctid, * FROM {delivery} WHERE run = ok.no OFFSET 0) d WHERE ok.go AND ok.to_state >= 4 /*keeping mail*/
              UNION ALL
              SELECT d.ctid, d.run, d.seq, d.msg FROM left_topics l,
                LATERAL (SELECT ctid, * FROM {delivery} WHERE run = l.no OFFSET 0) d,
                LATERAL (SELECT channel FROM {msg} WHERE id = d.msg OFFSET 0) m WHERE m.channel = l.channel),
            put_back AS (
              UPDATE {msg} m SET seq = NULL FROM unread
              WHERE m.id BETWEEN unread.msg AND unread.msg AND m.kind = 'c'
                AND ((unread.run, unread.seq) IN (SELECT no, seq FROM used)) IS NOT TRUE),
            -- Deliveries are inserted and deleted, never updated: a row is where this statement's snapshot saw it.
            gone AS (
              DELETE FROM {delivery} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM unread UNION ALL
                SELECT d.ctid FROM used, LATERAL (
                  SELECT ctid FROM {delivery} WHERE run = used.no AND seq = used.seq OFFSET 0) d))),
            published AS (
              INSERT INTO {msg} (at, lane, kind, channel, uid, target, sender, headers, body)
              SELECT (SELECT at FROM clock), i.lane, i.kind, i.channel, i.uid, i.target, i.sender, i.headers, i.body
              FROM unnest((SELECT ?::bigint[]), (SELECT ?::integer[]), (SELECT ?::integer[]), (SELECT ?::text[]),
                          (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]),
                          (SELECT ?::bytea[]))
                WITH ORDINALITY i(no, pos, lane, kind, channel, uid, target, sender, headers, body, place)
              WHERE ((i.no, i.pos) IN (SELECT run, pos FROM s)) IS TRUE
              ORDER BY i.place
              ON CONFLICT (uid) DO NOTHING),
            asked AS (
              INSERT INTO {msg} (at, lane, kind, channel)
              SELECT (SELECT at FROM clock), i.lane, 'a', i.channel
              FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::integer[]), (SELECT ?::text[]),
                          (SELECT ?::boolean[])) i(item, no, lane, channel, is_new)
              WHERE (SELECT item FROM go)[i.item] AND (i.is_new OR
                (SELECT mode = 'c' FROM {sub} WHERE channel = i.channel AND run = i.no))),
            children AS MATERIALIZED (
              SELECT {run_no} AS no, i.* FROM unnest((SELECT ?::bigint[]), (SELECT ?::integer[]), (SELECT ?::text[]),
                (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::bytea[]))
                i(parent, pos, id, name, route, owner, start_hash, input)
              WHERE ((i.parent, i.pos) IN (SELECT run, pos FROM s)) IS TRUE),
            born AS (
              INSERT INTO {run} (no, id, name, route, state, fence, wake, owner, run_at, started_at, start_hash, input)
              SELECT no, id, name, route, (owner IS NOT NULL)::integer, /*fence*/, 0, owner::uuid,
                     CASE WHEN owner IS NULL THEN (SELECT at FROM clock) END, (SELECT at FROM clock), start_hash, input
              FROM children ORDER BY id
              /*existing*/),
            joined_topics AS MATERIALIZED (
              SELECT i.no, i.channel, i.mode
              FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::text[]), (SELECT ?::text[]))
                i(item, no, channel, mode)
              WHERE (SELECT item FROM go)[i.item]),
            """.replace("/*fence*/", Timeline.FENCE_AT_BIRTH);

    private static final String SUBSCRIPTIONS = """
            subscribed AS (
              INSERT INTO {sub} (channel, run, mode) SELECT channel, no, mode FROM joined_topics ORDER BY channel, no
              ON CONFLICT DO NOTHING),
            unsubscribed AS (
              DELETE FROM {sub} s USING (
                SELECT no, NULL AS channel FROM ok WHERE ok.go AND to_state >= 4 UNION ALL
                SELECT no, channel FROM left_topics) l
              WHERE s.run BETWEEN l.no AND l.no AND (l.channel IS NULL OR s.channel = l.channel))
            """;

    /** A run that failed may be retried: it keeps all but what others can consume. */
    private static final String KEEPING_MAIL =
            "AND (ok.to_state <> 5 OR (SELECT kind = 'c' FROM {msg} WHERE id = d.msg))";

    /**
     * The same where runs fail, too: they keep their subscriptions, under names that no dispatch comes across, however many have failed.
     * Of a topic that was joined again, the older subscription stands.
     */
    private static final String SUBSCRIPTIONS_AT_REST = """
            unsubscribed AS (
              DELETE FROM {sub} s USING (
                SELECT no, NULL AS channel, to_state = 5 AS rests FROM ok WHERE ok.go AND to_state >= 4 UNION ALL
                SELECT no, channel, false FROM left_topics) l
              WHERE s.run BETWEEN l.no AND l.no AND (l.channel IS NULL OR s.channel = l.channel)
              RETURNING s.*, l.rests),
            subscribed AS (
              INSERT INTO {sub} (channel, run, mode, since)
              SELECT channel, run, mode, since FROM (
                SELECT '/*resting*/' || channel AS channel, run, mode, since, 0 AS place FROM unsubscribed
                WHERE rests AND ((run, channel) IN (SELECT no, channel FROM left_topics)) IS NOT TRUE
                UNION ALL
                SELECT channel, no, mode, pg_current_snapshot(), 1 FROM joined_topics) old_and_new
              ORDER BY channel, run, place
              ON CONFLICT DO NOTHING)
            """.replace("/*resting*/", RESTING);

    private static final String WAY_OUT = """
            ,
            u AS (
              /*leave running*/
              FROM ok h WHERE r.no BETWEEN h.no AND h.no AND h.go AND h.to_state >= 0)
            """.replace("/*leave running*/", LEAVE_RUNNING);

    private static final String ANSWERS = """
            SELECT CASE WHEN go THEN 0 WHEN locked THEN CASE WHEN wake = now_wake THEN 5 ELSE 1 END ELSE (
                     SELECT CASE WHEN r.fence <> ok.fence OR r.fence >> 32 <> {timeline} THEN 4 WHEN r.state = 1 THEN 2
                       WHEN ok.to_state >= 0 THEN 3 ELSE 4 END
                     FROM {run} r WHERE r.no = ok.no) END,
                   now_wake, cancel, (SELECT (extract(epoch FROM at) * 1000000)::bigint FROM clock), (SELECT count(*) FROM s)
            FROM ok ORDER BY item
            """;

    /** What a statement is ready to meet. */
    enum Manner {
        /** Waits for locked rows, and takes every record for the first of its position: fails if there is one. */
        TRUSTING,
        /** Waits for locked rows, and looks for earlier records. */
        LOOKING,
        /** Looks, and leaves items whose row is locked without an answer. */
        PASSING;

        private HotStatement statement(Schema schema, String template) {
            return this == PASSING
                    ? HotStatement.hasty(schema, of(template))
                    : HotStatement.impatient(schema, of(template));
        }

        private String of(String template) {
            return template.replace("/*wait*/", this == PASSING ? "SKIP LOCKED" : "")
                    .replace("/*conflict*/", this == TRUSTING ? "" : REPLACE_OPEN);
        }
    }

    private RunCommitSql() {}

    /** For items that only append: what a step of a running workflow is. */
    static HotStatement stepsOnly(Schema schema, Manner manner) {
        return manner.statement(schema, OF_STEPS + ANSWERS);
    }

    /** For items with anything else, of which none fails. */
    static HotStatement everything(Schema schema, Manner manner) {
        return manner.statement(schema, OF_ALL_ITEMS + SIDE_ROWS + SUBSCRIPTIONS + WAY_OUT + ANSWERS);
    }

    /** For all items. What a run that fails keeps costs those that do not fail a twentieth more, so it has a text of its own. */
    static HotStatement failing(Schema schema, Manner manner) {
        String sideRows = SIDE_ROWS.replace("/*keeping mail*/", KEEPING_MAIL);
        return manner.statement(schema, OF_ALL_ITEMS + sideRows + SUBSCRIPTIONS_AT_REST + WAY_OUT + ANSWERS);
    }

    /**
     * For items that append, or append and leave RUNNING, and touch nothing else. A fifth of the parts of {@link #everything}, each of
     * which costs something even with nothing to do.
     */
    static HotStatement plain(Schema schema, Manner manner) {
        return manner.statement(schema, OF_ALL_ITEMS.replace("/*no leftovers*/", NO_LEFTOVERS) + WAY_OUT + ANSWERS);
    }

    /**
     * For items that all append and leave RUNNING, and touch nothing else: how short runs end, and most runs wait. It answers only those
     * that it wrote. What was in the way of the others - messages that came, subscriptions to end, another owner - is for
     * {@link #everything} to find. It passes no locked row by.
     */
    static HotStatement leaving(Schema schema, Manner manner) {
        return manner.statement(
                schema,
                ITEMS.replace("/*last*/", LAST)
                        + ONLY_WAY_OUT
                        + STEPS.replace("/*go*/", "(i.item IN (SELECT item FROM u)) IS TRUE")
                        + ONLY_ANSWERS);
    }

    /** The same as {@link #stepsOnly} for one item, at the end of a transaction of the application. */
    static HotStatement joinedSteps(Schema schema) {
        return HotStatement.bare(schema, joined(OF_STEPS + ANSWERS));
    }

    /** The same as {@link #everything} for one item that stays RUNNING, at the end of a transaction of the application. */
    static HotStatement joinedEverything(Schema schema) {
        return HotStatement.bare(schema, joined(OF_ALL_ITEMS + SIDE_ROWS + SUBSCRIPTIONS + WAY_OUT + ANSWERS));
    }

    private static String joined(String template) {
        return Manner.LOOKING
                .of(template)
                .replace("/*silence*/", SILENCE)
                .replace("/*existing*/", "ON CONFLICT (id) DO NOTHING");
    }
}
