package io.romancy.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Fills the tables as a long life does: many ended runs with history, some that wait, messages that were dispatched. */
final class GrownTables {
    private GrownTables() {}

    static void fill(Connection connection, int ended, int waiting) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO romancy.run (no, fence, wake, run_at, started_at, ended_at, state, id, name, route, waits,
                                     start_hash, input, output)
                    SELECT nextval('romancy.run_no'), 1, 0,
                           CASE WHEN i > %1$d AND i %% 2 = 0 THEN now() + i * interval '1 second' END, now(),
                           CASE WHEN i <= %1$d THEN now() - i * interval '1 second' END,
                           CASE WHEN i <= %1$d THEN 4 ELSE 2 END, 'grown-' || i, 'flow' || i %% 20, 'flow' || i %% 20 || '/1',
                           CASE WHEN i > %1$d THEN ARRAY['m:mail', 't:topic' || i %% 50] END, 'hash',
                           '\\x6a0a7b7d', '\\x6a0a7b7d'
                    FROM generate_series(1, %1$d + %2$d) i""".formatted(ended, waiting));
            statement.execute("""
                    INSERT INTO romancy.step (run, fence, at, pos, kind, name, body)
                    SELECT no, 1, now(), p, 1, 'step:' || p, '\\x6a0a7b7d' FROM romancy.run, generate_series(0, 2) p WHERE id LIKE 'grown-%'""");
            statement.execute("""
                    INSERT INTO romancy.sub (channel, run, mode)
                    SELECT 't:topic' || no %% 50, no, 'b' FROM romancy.run WHERE state = 2""".replace("%%", "%"));
            statement.execute("""
                    INSERT INTO romancy.msg (at, seq, lane, kind, channel, uid, target, body)
                    SELECT now(), nextval('romancy.msg_seq'), no % 64, 'd', 'm:mail', 'uid-' || no, id, '\\x6a0a7b7d'
                    FROM romancy.run WHERE id LIKE 'grown-%'""");
            statement.execute("""
                    INSERT INTO romancy.delivery (run, seq, msg)
                    SELECT r.no, m.seq, m.id FROM romancy.run r JOIN romancy.msg m ON m.target = r.id WHERE r.state = 2""");
            statement.execute("""
                    INSERT INTO romancy.outbox (at, next_at, done_at, lane, state, key, event_id, type, body)
                    SELECT now(), now(), CASE WHEN i > %2$d THEN now() END, i %% 64, (i > %2$d)::integer, 'key-' || i %% 1000,
                           'evt-' || i, 'grown', '\\x6a0a7b7d'
                    FROM generate_series(1, %1$d + %2$d) i""".formatted(ended, waiting));
            statement.execute("VACUUM ANALYZE");
        }
    }
}
