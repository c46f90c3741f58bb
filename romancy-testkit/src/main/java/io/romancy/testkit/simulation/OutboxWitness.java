package io.romancy.testkit.simulation;

import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.testkit.fault.ForwardingOutbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outbox as one worker reaches it, with what happens to its events written down. */
final class OutboxWitness extends ForwardingOutbox {
    private final String who;
    private final EventLedger ledger;
    private final Trace trace;
    private final Scheduler scheduler;
    private final Map<Transaction, List<NewEvent>> open = new HashMap<>();

    OutboxWitness(OutboxStore behind, String who, EventLedger ledger, Trace trace, Scheduler scheduler) {
        super(behind);
        this.who = who;
        this.ledger = ledger;
        this.trace = trace;
        this.scheduler = scheduler;
    }

    /** Its first action after the commit is ours: whatever else hangs on it may take its time, while others commit. */
    void opened(Transaction transaction) {
        List<NewEvent> events = new ArrayList<>();
        open.put(transaction, events);
        transaction.afterCommit(() -> {
            events.forEach(event -> trace.happened(who, "adds event " + event.id() + " of key " + event.key()));
            scheduler.hold(() -> ledger.committed(events));
        });
    }

    void ended(Transaction transaction) {
        open.remove(transaction);
    }

    @Override
    public void add(Transaction transaction, List<NewEvent> events) {
        super.add(transaction, events);
        open.getOrDefault(transaction, new ArrayList<>()).addAll(events);
    }

    @Override
    public OutboxHolding hold(NodeId node) {
        OutboxHolding holding = super.hold(node);
        scheduler.hold(() -> ledger.held(who, node, holding));
        return holding;
    }

    @Override
    public void release(NodeId node, List<OutboxLane> lanes) {
        super.release(node, lanes);
        ledger.released(node, lanes);
    }

    @Override
    public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
        OutboxHeads heads = super.heads(node, lanes, keysOfLane);
        scheduler.hold(() -> ledger.handedOut(who, node, heads.due()));
        return heads;
    }

    @Override
    public int record(NodeId node, List<OutboxOutcome> outcomes) {
        int taken = super.record(node, outcomes);
        outcomes.forEach(outcome -> trace.happened(who, new Recorded(outcome)));
        scheduler.hold(() -> ledger.recorded(who, node, outcomes, taken));
        return taken;
    }

    private record Recorded(OutboxOutcome outcome) {
        @Override
        public String toString() {
            return "records " + outcome.getClass().getSimpleName() + " of event "
                    + outcome.head().event().id();
        }
    }
}
