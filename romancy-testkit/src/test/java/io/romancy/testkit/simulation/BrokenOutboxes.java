package io.romancy.testkit.simulation;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.testkit.fault.ForwardingOutbox;
import io.romancy.testkit.fault.ForwardingStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Storages whose outbox is wrong, each in one way that a real one could be. */
final class BrokenOutboxes {
    private BrokenOutboxes() {}

    private static Storage with(Storage behind, UnaryOperator<OutboxStore> broken) {
        OutboxStore outbox = broken.apply(behind.outbox());
        return new ForwardingStorage(behind) {
            @Override
            public OutboxStore outbox() {
                return outbox;
            }
        };
    }

    /** Keeps nothing back: an event that is to be tried again later is done with, and the next of its key is the head. */
    static Storage overtaking(Storage behind) {
        return with(behind, outbox -> new ForwardingOutbox(outbox) {
            @Override
            public int record(NodeId node, List<OutboxOutcome> outcomes) {
                return super.record(
                        node,
                        outcomes.stream()
                                .map(outcome -> outcome instanceof OutboxOutcome.Later later
                                        ? new OutboxOutcome.Sent(later.head())
                                        : outcome)
                                .toList());
            }
        });
    }

    /** Hands out the newest event of a key in the place of the oldest. */
    static Storage handingOutTheNewest(Storage behind) {
        Map<String, NewEvent> newest = new HashMap<>();
        return with(behind, outbox -> new ForwardingOutbox(outbox) {
            @Override
            public void add(Transaction transaction, List<NewEvent> events) {
                super.add(transaction, events);
                transaction.afterCommit(() -> events.forEach(event -> newest.put(String.valueOf(event.key()), event)));
            }

            @Override
            public OutboxHeads heads(NodeId node, List<OutboxLane> lanes, int keysOfLane) {
                OutboxHeads heads = super.heads(node, lanes, keysOfLane);
                List<OutboxHead> due =
                        heads.due().stream().map(head -> newest(head, newest)).toList();
                return new OutboxHeads(due, heads.lanes(), heads.more(), heads.nextDueIn());
            }
        });
    }

    private static OutboxHead newest(OutboxHead head, Map<String, NewEvent> newest) {
        OutboxRecord oldest = head.event();
        NewEvent other = oldest.key() == null ? null : newest.get(oldest.key());
        return other == null
                ? head
                : new OutboxHead(
                        head.lane(),
                        head.fence(),
                        head.number(),
                        head.age(),
                        new OutboxRecord(
                                other.id(),
                                other.type(),
                                other.key(),
                                other.headers(),
                                other.payload(),
                                oldest.at(),
                                oldest.attempt()));
    }

    /** Says that it took an event, and did not: one without a key, because the next of a key would come to light as too early. */
    static Storage losing(Storage behind) {
        return with(behind, outbox -> new ForwardingOutbox(outbox) {
            @Override
            public void add(Transaction transaction, List<NewEvent> events) {
                super.add(
                        transaction,
                        events.stream()
                                .filter(event ->
                                        event.key() != null || event.id().hashCode() % 10 != 0)
                                .toList());
            }
        });
    }

    /** Records what anybody says about the events of a lane, whoever holds it now. For one seed. */
    static UnaryOperator<Storage> ignoringFences() {
        Map<Integer, NodeId> holders = new HashMap<>();
        Map<Integer, Long> fences = new HashMap<>();
        return behind -> with(behind, outbox -> new ForwardingOutbox(outbox) {
            @Override
            public OutboxHolding hold(NodeId node) {
                OutboxHolding holding = super.hold(node);
                holding.lanes().forEach(lane -> {
                    holders.put(lane.number(), node);
                    fences.put(lane.number(), lane.fence());
                });
                return holding;
            }

            @Override
            public int record(NodeId node, List<OutboxOutcome> outcomes) {
                return outcomes.stream()
                        .mapToInt(outcome -> {
                            int lane = outcome.head().lane();
                            return super.record(
                                    holders.getOrDefault(lane, node),
                                    List.of(at(fences.getOrDefault(lane, 0L), outcome)));
                        })
                        .sum();
            }
        });
    }

    private static OutboxOutcome at(long fence, OutboxOutcome outcome) {
        var old = outcome.head();
        var head = new OutboxHead(old.lane(), fence, old.number(), old.age(), old.event());
        return switch (outcome) {
            case OutboxOutcome.Sent sent -> new OutboxOutcome.Sent(head);
            case OutboxOutcome.Later later -> new OutboxOutcome.Later(head, later.pause(), later.reason());
            case OutboxOutcome.Rejected rejected -> new OutboxOutcome.Rejected(head, rejected.reason());
            case OutboxOutcome.Expired expired -> new OutboxOutcome.Expired(head, expired.reason());
        };
    }
}
