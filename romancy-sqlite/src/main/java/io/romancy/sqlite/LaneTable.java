package io.romancy.sqlite;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxLane;
import java.sql.SQLException;
import java.util.List;

/** {@code romancy_outbox_lane}: who relays which part of the outbox. */
final class LaneTable {
    private static final String RELAYERS =
            "SELECT count(*) FROM romancy_node WHERE lease_until > ?1 AND (relays = 1 OR id = ?2)";
    private static final String IS_RELAYER = "SELECT 1 FROM romancy_node WHERE id = ? AND relays = 1";
    private static final String RELAYS = "UPDATE romancy_node SET relays = 1 WHERE id = ?";
    private static final String OF = "SELECT no, fence FROM romancy_outbox_lane WHERE owner = ? ORDER BY no";
    private static final String FREE = """
            SELECT no FROM romancy_outbox_lane WHERE owner IS NULL OR owner NOT IN (
              SELECT id FROM romancy_node WHERE lease_until > ?)
            ORDER BY no LIMIT ?
            """;
    private static final String TAKE = "UPDATE romancy_outbox_lane SET owner = ?, fence = fence + 1 WHERE no = ?";
    private static final String RELEASE =
            "UPDATE romancy_outbox_lane SET owner = NULL WHERE no = ? AND fence = ? AND owner = ?";
    private static final String HELD = "SELECT 1 FROM romancy_outbox_lane WHERE no = ? AND fence = ? AND owner = ?";

    private final Session session;

    LaneTable(Session session) {
        this.session = session;
    }

    /** Living nodes that relay, this one included. */
    int relayers(NodeId node, Moment moment) throws SQLException {
        return (int) session.number(RELAYERS, moment.clock(), node.toString());
    }

    boolean isRelayer(NodeId node) throws SQLException {
        return session.exists(IS_RELAYER, node.toString());
    }

    void relays(NodeId node) throws SQLException {
        session.update(RELAYS, node.toString());
    }

    List<OutboxLane> of(NodeId node) throws SQLException {
        return session.list(OF, row -> new OutboxLane(row.getInt(1), row.getLong(2), ""), node.toString());
    }

    /** Lanes that no living node holds. */
    List<Integer> free(int limit, Moment moment) throws SQLException {
        return session.list(FREE, row -> row.getInt(1), moment.clock(), limit);
    }

    void take(NodeId node, int lane) throws SQLException {
        session.update(TAKE, node.toString(), lane);
    }

    void release(NodeId node, OutboxLane lane) throws SQLException {
        session.update(RELEASE, lane.number(), lane.fence(), node.toString());
    }

    boolean isHeld(NodeId node, int lane, long fence) throws SQLException {
        return session.exists(HELD, lane, fence, node.toString());
    }
}
