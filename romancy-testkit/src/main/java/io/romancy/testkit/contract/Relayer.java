package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A relayer as an engine would be one, moved step by step: a node that holds lanes and says what became of events. */
final class Relayer {
    private static final int KEYS_OF_LANE = 1_000;

    private final Storage storage;
    private final NodeId node;
    private List<OutboxLane> lanes = List.of();

    Relayer(Storage storage, NodeId node) {
        this.storage = storage;
        this.node = node;
    }

    /** Asks for its share, and remembers what it holds. */
    OutboxHolding hold() {
        OutboxHolding holding = storage.outbox().hold(node);
        lanes = holding.lanes();
        return holding;
    }

    List<OutboxLane> lanes() {
        return lanes;
    }

    void release(List<OutboxLane> some) {
        storage.outbox().release(node, some);
    }

    OutboxHeads look() {
        return storage.outbox().heads(node, lanes, KEYS_OF_LANE);
    }

    OutboxHeads look(List<OutboxLane> from, int keysOfLane) {
        return storage.outbox().heads(node, from, keysOfLane);
    }

    /** Heads of this type: other tests may have left others. */
    List<OutboxHead> heads(String type) {
        return look().due().stream()
                .filter(head -> head.event().type().equals(type))
                .toList();
    }

    /** The only head of this type. */
    OutboxHead head(String type) {
        List<OutboxHead> heads = heads(type);
        assertThat(heads).as("heads of type %s", type).hasSize(1);
        return heads.getFirst();
    }

    /** Bodies of the heads of this type. */
    List<String> texts(String type) {
        return heads(type).stream()
                .map(head -> Samples.text(head.event().payload()))
                .toList();
    }

    int record(OutboxOutcome... outcomes) {
        return storage.outbox().record(node, List.of(outcomes));
    }

    void sent(OutboxHead head) {
        assertThat(record(new OutboxOutcome.Sent(head))).isEqualTo(1);
    }

    void later(OutboxHead head, Duration pause) {
        assertThat(record(new OutboxOutcome.Later(head, pause, "a reason"))).isEqualTo(1);
    }

    /** Publishes all events of this type, round by round, and returns their bodies in that order. */
    List<String> relayAll(String type) {
        List<String> texts = new ArrayList<>();
        List<OutboxHead> heads = heads(type);
        while (!heads.isEmpty()) {
            for (OutboxHead head : heads) {
                texts.add(Samples.text(head.event().payload()));
                sent(head);
            }
            heads = heads(type);
        }
        return texts;
    }
}
