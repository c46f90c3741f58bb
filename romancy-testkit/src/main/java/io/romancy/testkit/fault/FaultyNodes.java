package io.romancy.testkit.fault;

import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.Reaped;
import io.romancy.spi.Renewal;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.List;

/** Leases behind faults. */
record FaultyNodes(NodeStore inner, Calls calls) implements NodeStore {
    @Override
    public void join(NodeId node, String label, Duration lease) {
        calls.tell(StorageCall.JOIN, () -> inner.join(node, label, lease));
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        return calls.ask(StorageCall.RENEW, () -> inner.renew(node, lease));
    }

    @Override
    public void leave(NodeId node) {
        calls.tell(StorageCall.LEAVE, () -> inner.leave(node));
    }

    @Override
    public Reaped reap(int limit) {
        return calls.ask(StorageCall.REAP, () -> inner.reap(limit));
    }

    @Override
    public List<OwnedRun> owned(NodeId node, long afterRun, int limit) {
        return calls.ask(StorageCall.OWNED, () -> inner.owned(node, afterRun, limit));
    }
}
