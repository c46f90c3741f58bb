package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHolding;
import io.romancy.spi.outbox.OutboxLane;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a relayer does wrong on a storage that is right. */
class EventLedgerTest {
    private static final NodeId NODE = new NodeId(new UUID(0, 1));
    private static final NodeId OTHER = new NodeId(new UUID(0, 2));

    private final EventLedger ledger = new EventLedger();

    @BeforeEach
    void twoEventsOfOneKey() {
        ledger.committed(List.of(event("first"), event("second")));
        ledger.held("worker", NODE, holding(1));
    }

    @Test
    void publishesTheSecondBeforeTheFirst() {
        assertThatThrownBy(() -> ledger.published("worker", "second"))
                .isInstanceOf(PromiseBroken.class)
                .hasMessage(
                        "worker publishes event second of key key, and event first of key key, which was committed first,"
                                + " is not through");
    }

    @Test
    void publishesTheSecondWhileTheFirstIsToBeTriedAgain() {
        ledger.published("worker", "first");
        ledger.recorded("worker", NODE, List.of(new OutboxOutcome.Later(head("first"), Duration.ZERO, "busy")), 1);

        assertThatThrownBy(() -> ledger.published("worker", "second")).hasMessageContaining("is not through");
    }

    @Test
    void mayPublishTheFirstOnceMoreAfterTheSecond() {
        send("first");
        send("second");

        assertThatCode(() -> ledger.published("one that stood still", "first")).doesNotThrowAnyException();
        assertThatCode(ledger::requireAllThrough).doesNotThrowAnyException();
    }

    @Test
    void publishesWhatNobodyCommitted() {
        assertThatThrownBy(() -> ledger.published("worker", "third"))
                .isInstanceOf(PromiseBroken.class)
                .hasMessageContaining("no transaction with it was committed");
    }

    @Test
    void recordsThatItSentWhatDidNotArrive() {
        ledger.published("worker", "first");

        assertThatThrownBy(() -> ledger.recorded("worker", NODE, List.of(new OutboxOutcome.Sent(head("first"))), 1))
                .hasMessageContaining("which never arrived");
    }

    @Test
    void getsALaneThatAnotherHas() {
        assertThatThrownBy(() -> ledger.held("other", OTHER, holding(1)))
                .isInstanceOf(PromiseBroken.class)
                .hasMessageContaining("other got lane 0 of the outbox at fence 1");
        assertThatCode(() -> ledger.held("other", OTHER, holding(2))).doesNotThrowAnyException();
    }

    @Test
    void leavesAnEvent() {
        send("first");

        assertThatThrownBy(ledger::requireAllThrough)
                .hasMessage("event second of key key was committed, and nobody published it");
    }

    private void send(String id) {
        ledger.handedOut("worker", NODE, List.of(head(id)));
        ledger.published("worker", id);
        ledger.arrived("worker", id);
        ledger.recorded("worker", NODE, List.of(new OutboxOutcome.Sent(head(id))), 1);
    }

    private static NewEvent event(String id) {
        return new NewEvent(id, "type", "key", Map.of(), payload());
    }

    private static OutboxHead head(String id) {
        var event = new OutboxRecord(id, "type", "key", Map.of(), payload(), Instant.EPOCH, 1);
        return new OutboxHead(0, 1, 1, Duration.ZERO, event);
    }

    private static Payload payload() {
        return new Payload("text", new byte[] {1});
    }

    private static OutboxHolding holding(long fence) {
        return new OutboxHolding(List.of(new OutboxLane(0, fence, "")), 1);
    }
}
