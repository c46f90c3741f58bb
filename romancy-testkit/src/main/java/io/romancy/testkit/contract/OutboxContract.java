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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outbox: what was added with a commit is published in the order of its key, and one that cannot be holds up nobody else. */
public abstract class OutboxContract extends StorageContract {

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
    void aNodeWithoutALeaseHoldsNothingAndSeesNothing() throws Exception {
        String type = unique("type");
        add(event(type, null, "e"));
        Worker dead = Worker.join(storage(), Duration.ZERO);
        Relayer zombie = new Relayer(storage(), dead.node());

        assertThat(zombie.hold().lanes()).isEmpty();
        assertThat(zombie.look(relayer().lanes(), 10).due()).isEmpty();
    }

    @Test
    void onlyTheHolderOfALaneSeesItsEvents() throws Exception {
        String type = unique("type");
        Relayer holder = relayer();
        Relayer other = new Relayer(storage(), worker().node());
        add(event(type, null, "e"));

        assertThat(other.hold().lanes()).as("all are taken").isEmpty();
        assertThat(other.look(holder.lanes(), 10).due())
                .as("lanes of somebody else")
                .isEmpty();

        OutboxHead head = holder.head(type);
        assertThat(other.record(new OutboxOutcome.Sent(head))).isZero();
        assertThat(holder.texts(type)).containsExactly("e");
    }

    @Test
    void relayersShareTheLanesOnceTheFirstGivesUpWhatIsTooMuch() throws Exception {
        String type = unique("type");
        Relayer first = relayer();
        Relayer second = new Relayer(storage(), worker().node());
        assertThat(second.hold().lanes()).isEmpty();

        var holding = first.hold();
        assertThat(holding.share()).isEqualTo(OutboxStore.LANES / 2);
        first.release(holding.lanes().subList(holding.share(), holding.lanes().size()));
        first.hold();
        second.hold();

        assertThat(first.lanes()).hasSize(OutboxStore.LANES / 2);
        assertThat(second.lanes()).hasSize(OutboxStore.LANES / 2);
        add(IntStream.range(0, 100).mapToObj(i -> event(type, null, "e" + i)).toArray(NewEvent[]::new));
        assertThat(Stream.of(first, second).flatMap(relayer -> relayer.texts(type).stream()))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void theLanesOfOneThatDiedGoToAnotherAndItsOutcomesAreNotTaken() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Worker doomed = worker();
        Relayer dead = new Relayer(storage(), doomed.node());
        dead.hold();
        OutboxHead inFlight = dead.head(type);
        doomed.leave();

        Relayer heir = new Relayer(storage(), worker().node());
        heir.hold();

        assertThat(heir.texts(type)).as("sent again").containsExactly("a1");
        assertThat(dead.record(new OutboxOutcome.Rejected(inFlight, "by a zombie")))
                .isZero();
        assertThat(dead.heads(type)).isEmpty();
        assertThat(heir.relayAll(type)).containsExactly("a1", "a2");
    }

    @Test
    void aLaneThatWasReleasedAndTakenAgainIsAnotherOne() throws Exception {
        String type = unique("type");
        add(event(type, null, "e"));
        Relayer relayer = relayer();
        OutboxHead before = relayer.head(type);

        relayer.release(relayer.lanes());
        assertThat(relayer.look().lanes()).isEmpty();
        relayer.hold();

        assertThat(relayer.record(new OutboxOutcome.Sent(before))).isZero();
        assertThat(relayer.texts(type)).containsExactly("e");
    }

    @Test
    void askingAgainTakesNothingMore() throws Exception {
        Relayer relayer = relayer();
        var lanes = relayer.lanes();

        assertThat(lanes).hasSize(OutboxStore.LANES);
        assertThat(relayer.hold().lanes()).isEqualTo(lanes);
        assertThat(relayer.hold().share()).isEqualTo(OutboxStore.LANES);
    }

    @Test
    void aSecondStorageOnTheDatabaseGoesOnWhereTheFirstStopped() throws Exception {
        String type = unique("type");
        add(event(type, "a", "a1"), event(type, "a", "a2"));
        Worker gone = worker();
        Relayer first = new Relayer(storage(), gone.node());
        first.hold();
        first.sent(first.head(type));
        gone.leave();

        try (var reopened = under().another()) {
            Worker worker = Worker.join(reopened);
            Relayer second = new Relayer(reopened, worker.node());
            second.hold();
            assertThat(second.relayAll(type)).containsExactly("a2");
            worker.leave();
        }
    }

    @Test
    void whatIsDoneIsPurgedAfterItsTimeAndWhatIsPendingNever() throws Exception {
        String type = unique("type");
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

    @Test
    void eightRelayersNeverHaveOneEventAtTheSameTime() throws Exception {
        String type = unique("type");
        add(IntStream.range(0, 400)
                .mapToObj(i -> event(type, "k" + i % 40, String.valueOf(i)))
                .toArray(NewEvent[]::new));
        List<Worker> workers = IntStream.range(0, 8).mapToObj(i -> worker()).toList();
        Collection<String> inFlight = new ConcurrentLinkedQueue<>();
        Collection<String> sent = new ConcurrentLinkedQueue<>();

        Crowd.together(8, number -> {
            Relayer relayer = new Relayer(storage(), workers.get(number).node());
            Crowd.await("everything is sent", () -> {
                var holding = relayer.hold();
                relayer.release(holding.lanes().stream().skip(holding.share()).toList());
                for (OutboxHead head : relayer.heads(type)) {
                    String id = head.event().id();
                    assertThat(inFlight).doesNotContain(id);
                    inFlight.add(id);
                    sent.add(id);
                    inFlight.remove(id);
                    relayer.sent(head);
                }
                return sent.size() >= 400;
            });
            return number;
        });

        assertThat(sent).hasSize(400).doesNotHaveDuplicates();
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

    private void add(NewEvent... events) throws Exception {
        storage().inTransaction(transaction -> {
            storage().outbox().add(transaction, List.of(events));
            return events;
        });
    }

    static NewEvent event(String type, @Nullable String key, String text) {
        return new NewEvent(
                unique("evt"), type, key == null ? null : key + " of " + type, Map.of(), Samples.payload(text));
    }

    /** A new relayer that holds all lanes. */
    private Relayer relayer() {
        Relayer relayer = new Relayer(storage(), worker().node());
        relayer.hold();
        assertThat(relayer.lanes()).hasSize(OutboxStore.LANES);
        return relayer;
    }

    private static OutboxHead find(Relayer relayer, String type, String text) {
        return relayer.heads(type).stream()
                .filter(head -> Samples.text(head.event().payload()).equals(text))
                .findFirst()
                .orElseThrow();
    }
}
