package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.outbox.SetAsideEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the outbox set aside can be found, and goes its way again when somebody asks for that. */
public abstract class OutboxSetAsideContract extends OutboxTheme {
    private final String type = unique("type");

    private List<SetAsideEvent> setAside() {
        return storage().outbox().setAside(Long.MAX_VALUE, 1_000).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    private OutboxHead rejected(Relayer relayer) {
        OutboxHead head = relayer.head(type);
        assertThat(relayer.record(new OutboxOutcome.Rejected(head, "no"))).isEqualTo(1);
        return head;
    }

    @Test
    void whatWasSetAsideIsListedWithItsReasonTheLastFirst() throws Exception {
        add(
                event(type, "a", "sent"),
                event(type, "a", "rejected"),
                event(type, "a", "expired"),
                event(type, null, "pending"));
        Relayer relayer = relayer();
        relayer.sent(find(relayer, type, "sent"));
        OutboxHead rejected = find(relayer, type, "rejected");
        relayer.record(new OutboxOutcome.Rejected(rejected, "422 " + "x".repeat(5_000)));
        OutboxHead expired = find(relayer, type, "expired");
        relayer.later(expired, Duration.ZERO);
        expired = find(relayer, type, "expired");
        relayer.record(new OutboxOutcome.Expired(expired, "too old"));

        assertThat(setAside())
                .extracting(SetAsideEvent::id)
                .containsExactly(expired.event().id(), rejected.event().id());
        SetAsideEvent first = setAside().getFirst();
        assertThat(first.isExpired()).isTrue();
        assertThat(first.reason()).isEqualTo("too old");
        assertThat(first.attempts()).as("none is made of one that is too old").isEqualTo(1);
        assertThat(first.key()).isEqualTo(expired.event().key());
        SetAsideEvent second = setAside().getLast();
        assertThat(second.isExpired()).isFalse();
        assertThat(second.reason()).startsWith("422 xx").hasSize(OutboxStore.REASON_LENGTH);
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.addedAt()).isEqualTo(rejected.event().at());
        assertThat(second.setAsideAt()).isAfterOrEqualTo(second.addedAt());
        relayer.relayAll(type);
    }

    @Test
    void longListsCanBeReadInPages() throws Exception {
        add(IntStream.range(0, 7).mapToObj(i -> event(type, null, "e" + i)).toArray(NewEvent[]::new));
        Relayer relayer = relayer();
        relayer.record(relayer.heads(type).stream()
                .map(head -> head.number() % 2 == 0
                        ? new OutboxOutcome.Rejected(head, "no")
                        : new OutboxOutcome.Expired(head, "too old"))
                .toArray(OutboxOutcome[]::new));
        List<SetAsideEvent> all = setAside();
        assertThat(all).hasSize(7).extracting(event -> event.key()).containsOnlyNulls();

        List<SetAsideEvent> paged = new ArrayList<>();
        long below = all.getFirst().number() + 1;
        while (paged.size() < 7) {
            var page = storage().outbox().setAside(below, 3);
            assertThat(page).hasSizeBetween(1, 3);
            paged.addAll(page);
            below = page.getLast().number();
        }

        assertThat(paged).startsWith(all.toArray(SetAsideEvent[]::new));
        assertThat(storage().outbox().setAside(all.getLast().number(), 10)).doesNotContainAnyElementsOf(all);
    }

    @Test
    void oneThatIsPutBackIsTheHeadOfItsKeyAndYoung() throws Exception {
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Relayer relayer = relayer();
        OutboxHead first = rejected(relayer);
        storage().upkeep().advanceClock(Duration.ofDays(3));
        int counted = storage().outbox().counts().rejected();

        assertThat(storage().outbox().putBack(first.number())).isTrue();

        OutboxHead again = relayer.head(type);
        assertThat(again.event().id()).isEqualTo(first.event().id());
        assertThat(again.event().payload()).isEqualTo(first.event().payload());
        assertThat(again.event().at()).isEqualTo(first.event().at());
        assertThat(again.event().attempt()).isEqualTo(2);
        assertThat(again.age()).isLessThan(Duration.ofDays(1));
        assertThat(setAside()).isEmpty();
        assertThat(storage().outbox().counts().rejected()).isEqualTo(counted - 1);
        assertThat(relayer.relayAll(type)).containsExactly("a1", "a2");
    }

    @Test
    void oneThatIsPutBackHasTheAgeSinceThenHoweverOftenItIsTried() throws Exception {
        add(event(type, "a", "a1"));
        Relayer relayer = relayer();
        OutboxHead first = relayer.head(type);
        relayer.record(new OutboxOutcome.Expired(first, "too old"));
        storage().upkeep().advanceClock(Duration.ofDays(3));
        storage().outbox().putBack(first.number());
        relayer.later(relayer.head(type), Duration.ofHours(1));

        storage().upkeep().advanceClock(Duration.ofHours(2));

        assertThat(relayer.head(type).age()).isBetween(Duration.ofHours(2), Duration.ofHours(24));
        relayer.relayAll(type);
    }

    @Test
    void onlyWhatIsSetAsideCanBePutBackAndOnlyOnce() throws Exception {
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Relayer relayer = relayer();
        OutboxHead pending = relayer.head(type);
        assertThat(storage().outbox().putBack(pending.number())).as("pending").isFalse();
        relayer.sent(pending);
        assertThat(storage().outbox().putBack(pending.number())).as("sent").isFalse();
        OutboxHead rejected = rejected(relayer);

        assertThat(storage().outbox().putBack(rejected.number())).isTrue();
        assertThat(storage().outbox().putBack(rejected.number())).as("again").isFalse();
        assertThat(storage().outbox().putBack(Long.MAX_VALUE)).as("unknown").isFalse();
        assertThat(relayer.relayAll(type)).containsExactly("a2");
    }

    @Test
    void anOutcomeOfBeforeIsNotTakenForOneOfAfter() throws Exception {
        add(event(type, "a", "a1"));
        Relayer relayer = relayer();
        OutboxHead before = rejected(relayer);
        storage().outbox().putBack(before.number());

        assertThat(relayer.record(new OutboxOutcome.Sent(before))).isZero();
        assertThat(relayer.record(new OutboxOutcome.Rejected(before, "no"))).isZero();

        assertThat(relayer.relayAll(type)).containsExactly("a1");
    }

    @Test
    void oneThatWasPutBackIsNotPurged() throws Exception {
        add(event(type, "a", "a1"));
        Relayer relayer = relayer();
        storage().outbox().putBack(rejected(relayer).number());

        storage().upkeep().advanceClock(Duration.ofDays(30));
        storage().outbox().purge(Duration.ofDays(1), 1_000);

        assertThat(relayer.relayAll(type)).containsExactly("a1");
    }
}
