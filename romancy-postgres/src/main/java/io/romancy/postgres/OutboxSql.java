package io.romancy.postgres;

/** The statements of the outbox. Those of a relayer are guarded by the node's lease and the fence of the lane, and hold no lock between. */
final class OutboxSql {
    /** One insert in the middle of a transaction of the application. Nobody races with it: the row is seen with the commit. */
    static final String ADD = """
            INSERT INTO {outbox} (at, next_at, lane, key, event_id, type, headers, body)
            SELECT c.at, c.at, i.lane, i.key, i.event_id, i.type, i.headers, i.body
            FROM (SELECT now() + skew AS at FROM {meta} WHERE one) c,
              unnest((SELECT ?::integer[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]),
                     (SELECT ?::bytea[])) WITH ORDINALITY i(lane, key, event_id, type, headers, body, place)
            ORDER BY i.place RETURNING 1
            """;

    /**
     * Lanes that nobody living holds, up to the node's share. Races with other relayers that ask; the lock decides, and a locked lane is
     * somebody else's now. Under the lock it must still be whose it was: to look again for a living owner would not find one that joined
     * after the snapshot.
     */
    static final String HOLD = """
            WITH me AS MATERIALIZED (SELECT id FROM {living}),
            said AS (UPDATE {node} n SET relays = true FROM me WHERE n.id = me.id AND NOT n.relays),
            share AS MATERIALIZED (
              SELECT (64 + r.relayers - 1) / r.relayers AS size
              FROM (SELECT count(*) AS relayers FROM {node} n, me WHERE n.lease_until > now() AND (n.relays OR n.id = me.id)) r
              WHERE r.relayers > 0),
            mine AS MATERIALIZED (SELECT no, fence FROM {outbox_lane} WHERE owner = (SELECT id FROM me)),
            free AS MATERIALIZED (
              SELECT l.no FROM (
                SELECT no, owner FROM {outbox_lane} f
                WHERE owner IS NULL OR NOT EXISTS (SELECT FROM {node} n WHERE n.id = f.owner AND n.lease_until > now())
                ORDER BY no) o,
                LATERAL (SELECT no FROM {outbox_lane} WHERE no = o.no AND owner IS NOT DISTINCT FROM o.owner
                         FOR NO KEY UPDATE SKIP LOCKED) l
              LIMIT greatest(0, (SELECT size FROM share) - (SELECT count(*) FROM mine))),
            taken AS (
              UPDATE {outbox_lane} l SET owner = (SELECT id FROM me), fence = /*next fence*/ FROM free
              WHERE l.no BETWEEN free.no AND free.no AND EXISTS (SELECT FROM me) RETURNING l.no, l.fence)
            SELECT share.size, x.no, x.fence
            FROM share LEFT JOIN (SELECT no, fence FROM mine UNION ALL SELECT no, fence FROM taken) x ON true ORDER BY x.no
            """.replace("/*next fence*/", Timeline.nextFence("l"));

    /** Races with a relayer that takes the lane after our lease; the fence decides. */
    static final String RELEASE = """
            UPDATE {outbox_lane} l SET owner = NULL
            FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[])) i(no, fence)
            WHERE l.no BETWEEN i.no AND i.no AND l.fence = i.fence AND l.owner = ? RETURNING 1
            """;

    /**
     * The heads of keys, lane by lane: a loose scan that jumps from key to key in the index, so that what waits behind a head costs
     * nothing. Reads only; what it sees of a lane that is held can be changed by its holder alone.
     */
    static final String HEADS = """
            WITH RECURSIVE clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            me AS MATERIALIZED (SELECT id FROM {living}),
            held AS MATERIALIZED (
              SELECT l.no, i.fence, i.after
              FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::text[])) i(no, fence, after),
                LATERAL (SELECT no FROM {outbox_lane} WHERE no = i.no AND fence = i.fence AND owner = (SELECT id FROM me) OFFSET 0) l),
            k(lane, id, key, n) AS (
              SELECT h.no, f.id, f.key, 1 FROM held h,
                LATERAL (SELECT id, key FROM {outbox} WHERE state = 0 AND lane = h.no AND key > h.after ORDER BY key, id LIMIT 1) f
              UNION ALL
              SELECT k.lane, f.id, f.key, k.n + 1 FROM k,
                LATERAL (SELECT id, key FROM {outbox} WHERE state = 0 AND lane = k.lane AND key > k.key ORDER BY key, id LIMIT 1) f
              WHERE k.n < ?)
            SELECT h.no, h.fence, k.n, k.key, o.id, (extract(epoch FROM o.next_at - clock.at) * 1000000)::bigint,
                   (extract(epoch FROM clock.at - coalesce(o.done_at, o.at)) * 1000000)::bigint, (extract(epoch FROM o.at) * 1000000)::bigint,
                   o.attempts, o.event_id, o.type, o.headers, CASE WHEN o.next_at <= clock.at THEN o.body END
            FROM clock, held h LEFT JOIN k ON k.lane = h.no
              LEFT JOIN LATERAL (SELECT * FROM {outbox} WHERE id = k.id OFFSET 0) o ON true
            ORDER BY h.no, k.n
            """;

    /**
     * What became of a batch of heads. Races with a relayer that takes a lane whose holder's lease ended; the lock on the lane decides, in
     * order of the number, and outcomes of a lane that moved on, or of an earlier timeline, are left out. So are those of an attempt that has one: an answer that was
     * lost, or a call that was given up and came late, would postpone the event again and count as another attempt.
     */
    static final String RECORD = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            i AS MATERIALIZED (
              SELECT * FROM unnest((SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::bigint[]), (SELECT ?::integer[]),
                                   (SELECT ?::integer[]), (SELECT ?::bigint[]), (SELECT ?::text[]))
                a(lane, fence, id, attempt, state, pause, reason)),
            held AS MATERIALIZED (
              SELECT l.no, o.fence FROM (SELECT DISTINCT lane, fence FROM i ORDER BY lane) o,
                LATERAL (SELECT no FROM {outbox_lane} WHERE no = o.lane AND fence = o.fence AND fence >> 32 = {timeline} AND owner = ?
                         FOR NO KEY UPDATE) l),
            done AS (
              UPDATE {outbox} t SET state = i.state, reason = i.reason,
                attempts = CASE i.state WHEN 3 THEN t.attempts ELSE t.attempts + 1 END,
                next_at = CASE i.state WHEN 0 THEN (SELECT at FROM clock) + i.pause * interval '1 microsecond' ELSE t.next_at END,
                done_at = CASE i.state WHEN 0 THEN t.done_at ELSE (SELECT at FROM clock) END
              FROM i WHERE t.id BETWEEN i.id AND i.id AND t.state = 0 AND t.attempts = i.attempt - 1
                AND ((i.lane, i.fence) IN (SELECT no, fence FROM held)) IS TRUE
              RETURNING 1)
            SELECT count(*) FROM done
            """;

    /** A page of what was set aside: of each of the two states one run through its index. */
    static final String SET_ASIDE = """
            SELECT o.id, o.event_id, o.type, o.key, (extract(epoch FROM o.at) * 1000000)::bigint,
                   (extract(epoch FROM o.done_at) * 1000000)::bigint, o.attempts, o.state = 3, o.reason
            FROM (SELECT ?::bigint AS id, ?::integer AS size) page, unnest('{2,3}'::smallint[]) s(state),
              LATERAL (SELECT * FROM {outbox} WHERE state > 1 AND state = s.state AND id < page.id ORDER BY id DESC LIMIT page.size) o
            ORDER BY o.id DESC LIMIT (SELECT ?::integer)
            """;

    /**
     * Back to where it was, of age zero. Races with a purger and with another who puts it back; the lock on the row decides, and whoever
     * comes second finds no row that is set aside. A relayer has no outcome for it: each attempt had its own.
     */
    static final String PUT_BACK = """
            WITH clock AS MATERIALIZED (SELECT now() + skew AS at FROM {meta} WHERE one),
            i AS (SELECT ?::bigint AS id),
            back AS (
              UPDATE {outbox} t SET state = 0, next_at = (SELECT at FROM clock), done_at = (SELECT at FROM clock)
              FROM i WHERE t.id BETWEEN i.id AND i.id AND t.state > 1 RETURNING 1)
            SELECT count(*) FROM back
            """;

    /** Races with other purgers, and with whoever puts an event back; a locked row is left to the next time. */
    static final String PURGE = """
            WITH k AS MATERIALIZED (
              SELECT id FROM {outbox} WHERE state <> 0 AND done_at < {clock} - ? * interval '1 microsecond'
              ORDER BY done_at LIMIT ? FOR UPDATE SKIP LOCKED),
            g AS (DELETE FROM {outbox} t USING k WHERE t.id BETWEEN k.id AND k.id RETURNING 1)
            SELECT count(*) FROM g
            """;

    static final String COUNT = """
            SELECT (SELECT count(*) FROM (SELECT FROM {outbox} WHERE state = 0 LIMIT 10000) p),
                   (SELECT count(*) FROM (SELECT FROM {outbox} WHERE state > 1 AND state = 2 LIMIT 10000) r),
                   (SELECT count(*) FROM (SELECT FROM {outbox} WHERE state > 1 AND state = 3 LIMIT 10000) e)
            """;

    private OutboxSql() {}
}
