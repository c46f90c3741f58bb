package io.romancy.testkit.fault;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.time.Duration;
import java.util.List;

/** The outbox of the storage behind, to be changed in one place. */
public class ForwardingOutbox implements OutboxStore {
    private final OutboxStore behind;

    public ForwardingOutbox(OutboxStore behind) {
        this.behind = behind;
    }

    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        behind.add(transaction, events);
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return behind.hold(node);
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        behind.release(node, lanes);
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        return behind.heads(node, lanes, keysOfLane);
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        return behind.record(node, outcomes);
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return behind.setAside(below, limit);
    }

    @Override
    public boolean putBack(long number) {
        return behind.putBack(number);
    }

    @Override
    public int purge(Duration retention, int limit) {
        return behind.purge(retention, limit);
    }

    @Override
    public OutboxCounts counts() {
        return behind.counts();
    }
}
