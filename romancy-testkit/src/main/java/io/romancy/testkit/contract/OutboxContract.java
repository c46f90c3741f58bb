package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.spi.StorageCapability;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The outbox: what was added with a commit is published in the order of its key, and one that cannot be holds up nobody else. */
public abstract class OutboxContract extends OutboxTheme {

    @Test
    void whatIsAddedCanBeRelayedAfterTheCommitAsItWasAdded() throws Exception {
        String type = unique("type");
        var event = new NewEvent(
                id(), type, "k", Map.of("trace", "it's \"quoted\"\n中", "empty", ""), Samples.payload("body"));
        Relayer relayer = relayer();

        add(event);

        OutboxHead head = relayer.head(type);
        assertThat(head.event().id()).isEqualTo(event.id());
        assertThat(head.event().type()).isEqualTo(type);
        assertThat(head.event().key()).isEqualTo("k");
        assertThat(head.event().headers()).isEqualTo(event.headers());
        assertThat(head.event().payload()).isEqualTo(event.payload());
        assertThat(head.event().attempt()).isEqualTo(1);
        assertThat(head.age()).isBetween(Duration.ZERO, DEADLINE);
        relayer.sent(head);
        assertThat(relayer.heads(type)).isEmpty();
    }

    @Test
    void nothingIsSeenBeforeTheCommitAndNothingAfterARollback() throws Exception {
        String type = unique("type");
        Relayer relayer = relayer();

        storage().inTransaction(transaction -> {
            storage().outbox().add(transaction, List.of(event(type, null, "never")));
            assertThat(relayer.heads(type)).as("before the commit").isEmpty();
            transaction.rollbackOnly();
            return type;
        });

        assertThat(relayer.heads(type)).isEmpty();
    }

    @Test
    void itIsThereTogetherWithWhatElseWasCommitted() throws Exception {
        String type = unique("type");
        String id = id();

        storage().inTransaction(transaction -> {
            storage().runs().commit(transaction, List.of(new Commit.Start(Samples.instance(id, route()))));
            storage().outbox().add(transaction, List.of(event(type, null, "started")));
            return id;
        });

        assertThat(storage().instances().find(id)).isPresent();
        assertThat(relayer().texts(type)).containsExactly("started");
    }

    @Test
    void aTransactionThatHasEndedTakesNothingMore() throws Exception {
        String type = unique("type");
        var leaked = storage().inTransaction(transaction -> transaction);

        assertThatThrownBy(() -> storage().outbox().add(leaked, List.of(event(type, null, "late"))))
                .isInstanceOf(RuntimeException.class);

        assertThat(relayer().heads(type)).isEmpty();
    }

    @Test
    void eventsOfAKeyComeOneByOneInTheOrderInWhichTheyWereAdded() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "b", "b1"), event(type, "a", "a2"));
        add(event(type, "a", "a3"));
        Relayer relayer = relayer();

        assertThat(relayer.texts(type)).as("one of each key").containsExactlyInAnyOrder("a1", "b1");
        assertThat(relayer.texts(type)).as("until it is recorded").containsExactlyInAnyOrder("a1", "b1");
        assertThat(relayer.relayAll(type)).containsSubsequence("a1", "a2", "a3").hasSize(4);
    }

    @Test
    void eventsWithoutAKeyWaitForNobody() throws Exception {
        String type = unique("type");
        add(IntStream.range(0, 50).mapToObj(i -> event(type, null, "e" + i)).toArray(NewEvent[]::new));
        Relayer relayer = relayer();

        assertThat(relayer.heads(type))
                .hasSize(50)
                .allSatisfy(head -> assertThat(head.event().key()).isNull());
    }

    @Test
    void oneThatFailsForNowHoldsUpItsOwnKeyOnly() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"), event(type, "b", "b1"), event(type, "b", "b2"));
        Relayer relayer = relayer();
        OutboxHead poison = find(relayer, type, "a1");

        relayer.later(poison, Duration.ofHours(1));

        assertThat(relayer.relayAll(type)).containsExactly("b1", "b2");
        assertThat(relayer.look().nextDueIn()).isNotNull().isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
        storage().upkeep().advanceClock(Duration.ofMinutes(61));
        OutboxHead again = relayer.head(type);
        assertThat(again.event().attempt()).isEqualTo(2);
        assertThat(again.number()).isEqualTo(poison.number());
        assertThat(relayer.relayAll(type)).containsExactly("a1", "a2");
    }

    @Test
    void oneThatIsRejectedIsSetAsideAndItsKeyGoesOn() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"), event(type, "a", "a3"));
        Relayer relayer = relayer();
        int rejected = storage().outbox().counts().rejected();
        int expired = storage().outbox().counts().expired();

        assertThat(relayer.record(new OutboxOutcome.Rejected(relayer.head(type), "400 \0 \ud800" + "x".repeat(5_000))))
                .isEqualTo(1);
        assertThat(relayer.texts(type)).containsExactly("a2");
        assertThat(relayer.record(new OutboxOutcome.Expired(relayer.head(type), "too old")))
                .isEqualTo(1);

        assertThat(relayer.relayAll(type)).containsExactly("a3");
        assertThat(storage().outbox().counts().rejected()).isEqualTo(rejected + 1);
        assertThat(storage().outbox().counts().expired()).isEqualTo(expired + 1);
    }

    @Test
    void whatIsPendingIsCounted() throws Exception {
        int before = storage().outbox().counts().pending();
        String type = unique("type");
        add(event(type, null, "one"), event(type, null, "two"));

        assertThat(storage().outbox().counts().pending()).isEqualTo(before + 2);

        relayer().relayAll(type);
        assertThat(storage().outbox().counts().pending()).isEqualTo(before);
    }

    /** The answer may be lost, or the call given up and come late: it would grow the pause, and bring back an old one. */
    @Test
    void anAttemptHasOneOutcome() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Relayer relayer = relayer();
        OutboxHead first = relayer.head(type);
        relayer.later(first, Duration.ZERO);

        assertThat(relayer.record(new OutboxOutcome.Later(first, Duration.ofHours(1), "again")))
                .isZero();
        assertThat(relayer.record(new OutboxOutcome.Rejected(first, "too late")))
                .isZero();

        OutboxHead second = relayer.head(type);
        assertThat(second.event().attempt()).isEqualTo(2);
        relayer.sent(second);
        assertThat(relayer.record(new OutboxOutcome.Sent(first))).isZero();
        assertThat(relayer.texts(type)).containsExactly("a2");
    }

    @Test
    void anOutcomeCountsOnce() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Relayer relayer = relayer();
        OutboxHead head = relayer.head(type);
        relayer.sent(head);

        assertThat(relayer.record(new OutboxOutcome.Sent(head))).isZero();
        assertThat(relayer.record(new OutboxOutcome.Later(head, Duration.ZERO, "no")))
                .isZero();

        assertThat(relayer.texts(type)).containsExactly("a2");
    }

    @Test
    void aBatchOfOutcomesIsRecordedAtOnce() throws Exception {
        String type = unique("type");
        add(IntStream.range(0, 300).mapToObj(i -> event(type, null, "e" + i)).toArray(NewEvent[]::new));
        Relayer relayer = relayer();
        List<OutboxHead> heads = relayer.heads(type);
        assertThat(heads).hasSize(300);

        assertThat(relayer.record(heads.stream().map(OutboxOutcome.Sent::new).toArray(OutboxOutcome[]::new)))
                .isEqualTo(300);

        assertThat(relayer.heads(type)).isEmpty();
        assertThat(relayer.record()).isZero();
    }

    @Test
    void howeverManyKeysThereAreEachIsLookedAtInItsTurn() throws Exception {
        String type = unique("type");
        add(IntStream.range(0, 200).mapToObj(i -> event(type, "k" + i, "e" + i)).toArray(NewEvent[]::new));
        Relayer relayer = relayer();
        Collection<String> seen = new TreeSet<>();

        var look = relayer.look(relayer.lanes(), 1);
        assertThat(look.due().size()).isLessThanOrEqualTo(OutboxStore.LANES);
        for (int round = 0; round < 10_000 && seen.size() < 200; round++) {
            look.due().stream()
                    .filter(head -> head.event().type().equals(type))
                    .forEach(head -> seen.add(head.event().id()));
            look = relayer.look(look.lanes(), 1);
        }

        assertThat(seen).as("without recording anything").hasSize(200);
        relayer.relayAll(type);
    }

    @Test
    void aLookThatSawEverythingSaysSo() throws Exception {
        String type = unique("type");
        add(event(type, "a", "1"), event(type, "b", "2"));
        Relayer relayer = relayer();

        assertThat(relayer.look().more()).isFalse();
        assertThat(relayer.look().lanes())
                .allSatisfy(lane -> assertThat(lane.after()).isEmpty());
        relayer.relayAll(type);
    }

    @Test
    void whatIsDoneIsPurgedAfterItsTimeAndWhatIsPendingNever() throws Exception {
        String type = unique("type");
        storage().outbox().purge(Duration.ofDays(1), 1_000); // what other tests left behind that let time pass
        add(event(type, "a", "sent"), event(type, "a", "rejected"), event(type, "a", "pending"));
        Relayer relayer = relayer();
        relayer.sent(relayer.head(type));
        relayer.record(new OutboxOutcome.Rejected(relayer.head(type), "no"));
        int rejected = storage().outbox().counts().rejected();
        storage().outbox().purge(Duration.ofDays(1), 1_000);
        assertThat(storage().outbox().counts().rejected()).isEqualTo(rejected);

        storage().upkeep().advanceClock(Duration.ofDays(2));
        int purged = 0;
        for (int last = 1; last > 0; purged += last) {
            last = storage().outbox().purge(Duration.ofDays(1), 1);
            assertThat(last).isLessThanOrEqualTo(1);
        }

        assertThat(purged).isGreaterThanOrEqualTo(2);
        assertThat(storage().outbox().counts().rejected()).isZero();
        assertThat(relayer.texts(type)).containsExactly("pending");
        assertThat(relayer.head(type).age()).isGreaterThan(Duration.ofDays(1));
        relayer.relayAll(type);
    }

    @Test
    void oneThatCommitsLateIsNotSkipped() throws Exception {
        assumeTrue(storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS));
        String type = unique("type");
        Relayer relayer = relayer();
        var added = new CompletableFuture<String>();
        var decision = new CompletableFuture<String>();
        var late = CompletableFuture.runAsync(() -> inTransaction(event(type, "a", "late"), added, decision));
        added.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        add(event(type, "a", "early"));

        assertThat(relayer.relayAll(type)).containsExactly("early");
        decision.complete("commit");
        late.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(relayer.relayAll(type)).containsExactly("late");
    }

    private void inTransaction(NewEvent event, CompletableFuture<String> added, CompletableFuture<String> decision) {
        try {
            storage().inTransaction(transaction -> {
                storage().outbox().add(transaction, List.of(event));
                added.complete(event.id());
                return decision.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            });
        } catch (Exception e) {
            throw new AssertionError("a transaction failed", e);
        }
    }
}
