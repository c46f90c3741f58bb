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

/** The outbox behind faults. */
record FaultyOutbox(OutboxStore inner, Calls calls) implements OutboxStore {
    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        calls.tell(StorageCall.OUTBOX_ADD, () -> inner.add(transaction, events));
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        return calls.ask(StorageCall.OUTBOX_LOOK, () -> inner.hold(node));
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        calls.tell(StorageCall.OUTBOX_LOOK, () -> inner.release(node, lanes));
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        return calls.ask(StorageCall.OUTBOX_LOOK, () -> inner.heads(node, lanes, keysOfLane));
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        return calls.ask(StorageCall.OUTBOX_RECORD, () -> inner.record(node, outcomes));
    }

    @Override
    public List<SetAsideEvent> setAside(long below, int limit) {
        return calls.ask(StorageCall.ASK, () -> inner.setAside(below, limit));
    }

    @Override
    public boolean putBack(long number) {
        return calls.ask(StorageCall.OUTBOX_RECORD, () -> inner.putBack(number));
    }

    @Override
    public int purge(Duration retention, int limit) {
        return calls.ask(StorageCall.UPKEEP, () -> inner.purge(retention, limit));
    }

    @Override
    public OutboxCounts counts() {
        return calls.ask(StorageCall.ASK, inner::counts);
    }
}
