package io.romancy.sqlite;

import io.romancy.spi.model.NodeId;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code romancy_node}: leases, on the unmoved clock. */
final class NodeTable {
    private static final String JOIN = """
            INSERT INTO romancy_node (id, label, lease_until) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET label = excluded.label, lease_until = excluded.lease_until
            """;
    private static final String RENEW = "UPDATE romancy_node SET lease_until = ? WHERE id = ? AND lease_until > ?";
    private static final String LIVES = "SELECT 1 FROM romancy_node WHERE id = ? AND lease_until > ?";
    private static final String NEXT_EXPIRY = "SELECT min(lease_until) FROM romancy_node WHERE id <> ?";
    private static final String LEAVE = "DELETE FROM romancy_node WHERE id = ?";
    // A dead node is kept as long as it has runs: its row is what tells the others to come and reap.
    private static final String FORGET = """
            DELETE FROM romancy_node WHERE lease_until <= ?
            AND NOT EXISTS (SELECT 1 FROM romancy_run r WHERE r.owner = romancy_node.id)
            """;
    private static final String ANY_DEAD = "SELECT 1 FROM romancy_node WHERE lease_until <= ? LIMIT 1";

    private final Session session;

    NodeTable(Session session) {
        this.session = session;
    }

    void join(NodeId node, String label, long leaseUntil) throws SQLException {
        session.update(JOIN, node.toString(), label, leaseUntil);
    }

    /** Prolongs a lease that has not ended; says whether there was one. */
    boolean renew(NodeId node, long leaseUntil, Moment moment) throws SQLException {
        return session.update(RENEW, leaseUntil, node.toString(), moment.clock()) == 1;
    }

    boolean lives(NodeId node, Moment moment) throws SQLException {
        return session.exists(LIVES, node.toString(), moment.clock());
    }

    /** When the first lease of another node ends; null if there is no other. */
    @Nullable
    Long nextExpiry(NodeId node) throws SQLException {
        return session.numberOrNull(NEXT_EXPIRY, node.toString());
    }

    void leave(NodeId node) throws SQLException {
        session.update(LEAVE, node.toString());
    }

    boolean anyDead(Moment moment) throws SQLException {
        return session.exists(ANY_DEAD, moment.clock());
    }

    void forgetDead(Moment moment) throws SQLException {
        session.update(FORGET, moment.clock());
    }
}
