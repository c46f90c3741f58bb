package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.nodeLost;
import static io.romancy.testkit.record.EventConditions.pollFailed;
import static io.romancy.testkit.record.EventConditions.postponed;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.setAside;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.error.TerminalException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.PublishLaterException;
import io.romancy.testkit.fault.StorageCall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Brokers that fail, hang and refuse, relayers that die: nothing is lost, and what is bad holds up nobody else. */
public abstract class OutboxFailureScenario extends Scenario {
    private final Desk desk = new Desk(unique("type"));

    private ScenarioWorker relayer(UnaryOperator<RomancyBuilder> options) {
        return relayer(desk, options);
    }

    private ScenarioWorker relayer(Desk broker, UnaryOperator<RomancyBuilder> options) {
        return worker(builder -> options.apply(builder.publisher(broker)
                .outboxRetryDelay(Duration.ofMillis(1))
                .outboxMaxRetryDelay(Duration.ofMillis(20))));
    }

    private void awaitArrived(Desk broker, int events) {
        await(events + " events, not " + broker.texts(), () -> broker.texts().size() >= events);
    }

    private void awaitArrived(int events) {
        awaitArrived(desk, events);
    }

    @Test
    void oneThatDoesNotGetThroughHoldsUpItsOwnKeyOnly() throws Exception {
        var down = new AtomicInteger(1);
        desk.trouble(event -> {
            if (Desk.text(event).equals("bad") && down.get() == 1) {
                throw new IOException("connection refused");
            }
        });
        var worker = relayer(options -> options);
        desk.add(worker.romancy(), "poisoned", "bad", "behind it");
        worker.events().await(postponed(desk.type()).times(3));

        desk.add(worker.romancy(), "healthy", "a", "b");
        desk.add(worker.romancy(), null, "c");
        awaitArrived(3);
        assertThat(desk.texts()).containsExactlyInAnyOrder("a", "b", "c");

        down.set(0);
        awaitArrived(5);
        assertThat(desk.texts()).containsSubsequence("bad", "behind it");
        assertThat(desk.arrived().stream()
                        .filter(event -> Desk.text(event).equals("bad"))
                        .findFirst()
                        .orElseThrow()
                        .attempt())
                .isGreaterThan(3);
    }

    @Test
    void whatIsRefusedForGoodIsSetAsideAndItsKeyGoesOn() throws Exception {
        desk.trouble(event -> {
            switch (Desk.text(event)) {
                case "rejected" -> throw new EventRejectedException("422 Unprocessable");
                case "terminal" -> throw new IllegalStateException(new TerminalException("no such customer"));
                default -> {}
            }
        });
        var worker = relayer(options -> options);
        int before = worker.romancy().outbox().counts().rejected();

        desk.add(worker.romancy(), "k", "rejected", "terminal", "good");
        awaitArrived(1);

        assertThat(desk.texts()).containsExactly("good");
        worker.events().await(setAside(desk.type()).times(2));
        assertThat(worker.romancy().outbox().counts().rejected()).isEqualTo(before + 2);
        assertThat(worker.events().all(EngineEvent.EventSetAside.class))
                .filteredOn(event -> event.type().equals(desk.type()))
                .extracting(EngineEvent.EventSetAside::expired)
                .containsOnly(false);
    }

    @Test
    void aPublisherThatHangsIsInterruptedAndOnlyItsKeyWaits() throws Exception {
        var gate = new Gate();
        var first = new AtomicInteger();
        desk.trouble(event -> {
            if (Desk.text(event).equals("hangs") && first.getAndIncrement() == 0) {
                gate.pass();
            }
        });
        var worker = relayer(options -> options.outboxConcurrency(2).outboxPublishTimeout(Duration.ofMillis(200)));

        desk.add(worker.romancy(), "k", "hangs", "behind it");
        gate.awaitArrival();
        desk.add(worker.romancy(), "other", "a", "b", "c");

        awaitArrived(5);
        worker.events().await(postponed(desk.type()));
        assertThat(desk.texts()).containsSubsequence("hangs", "behind it").containsSubsequence("a", "b", "c");
        gate.open();
    }

    @Test
    void aPublisherThatDoesNotEvenListenToAnInterruptLosesItsSlotAndNoMore() throws Exception {
        var gate = new Gate();
        var first = new AtomicInteger();
        desk.trouble(event -> {
            if (Desk.text(event).equals("deaf") && first.getAndIncrement() == 0) {
                gate.passDeaf();
                throw new IOException("too late to matter");
            }
        });
        var worker = relayer(options -> options.outboxConcurrency(2).outboxPublishTimeout(Duration.ofMillis(200)));

        desk.add(worker.romancy(), "k", "deaf", "behind it");
        gate.awaitArrival();
        desk.add(worker.romancy(), "other", "a", "b");

        awaitArrived(4);
        assertThat(desk.texts()).containsSubsequence("deaf", "behind it");
        gate.open();
    }

    @Test
    void moreDeafCallsThanThereAreSlotsStopTheRelayerUntilOneReturns() throws Exception {
        var gate = new Gate();
        desk.trouble(event -> {
            if (Desk.text(event).startsWith("deaf") && event.attempt() == 1) {
                gate.passDeaf();
                throw new IOException("too late to matter");
            }
        });
        var worker = relayer(options -> options.outboxConcurrency(2).outboxPublishTimeout(Duration.ofMillis(100)));
        desk.add(worker.romancy(), null, "deaf 1", "deaf 2");
        gate.awaitArrivals(2);
        worker.events().await(postponed(desk.type()).times(2));

        desk.add(worker.romancy(), null, "waits");
        assertThat(desk.texts()).isEmpty();
        gate.open();

        awaitArrived(3);
        assertThat(desk.texts()).containsExactlyInAnyOrder("deaf 1", "deaf 2", "waits");
    }

    @Test
    void anErrorOfAPublisherIsAFailureLikeAnyOther() throws Exception {
        var first = new AtomicInteger();
        desk.trouble(event -> {
            if (first.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("com/acme/Broker");
            }
        });
        var worker = relayer(options -> options);

        desk.add(worker.romancy(), "k", "one", "two");

        awaitArrived(2);
        assertThat(desk.texts()).containsExactly("one", "two");
    }

    @Test
    void aPublisherThatNamesAPauseIsNotAskedBefore() throws Exception {
        var first = new AtomicInteger();
        desk.trouble(event -> {
            if (first.getAndIncrement() == 0) {
                throw new PublishLaterException(Duration.ofHours(1), "503, Retry-After: 3600", null);
            }
        });
        var worker = relayer(options -> options);
        desk.add(worker.romancy(), "k", "one");
        worker.events().await(postponed(desk.type()));
        assertThat(worker.events().all(EngineEvent.EventPostponed.class))
                .filteredOn(event -> event.type().equals(desk.type()))
                .extracting(EngineEvent.EventPostponed::pause)
                .containsExactly(Duration.ofHours(1));
        desk.add(worker.romancy(), "other", "two");
        awaitArrived(1);

        skip(Duration.ofMinutes(61));

        awaitArrived(2);
        assertThat(desk.texts()).containsExactly("two", "one");
    }

    @Test
    void aPauseOfAgesHoldsUpItsOwnKeyOnly() throws Exception {
        desk.trouble(event -> {
            if (Desk.text(event).equals("bad")) {
                throw new PublishLaterException(Duration.ofSeconds(Long.MAX_VALUE), "at the end of time", null);
            }
        });
        var worker = relayer(options -> options.outboxMaxAge(null));
        desk.add(worker.romancy(), "k", "bad", "behind it");
        worker.events().await(postponed(desk.type()));

        desk.add(worker.romancy(), "other", "a", "b");

        awaitArrived(2);
        assertThat(desk.texts()).containsExactly("a", "b");
        assertThat(worker.events().count(pollFailed())).isZero();
    }

    @Test
    void whatIsTooOldIsGivenUpAndItsKeyGoesOn() throws Exception {
        desk.trouble(event -> {
            if (Desk.text(event).equals("bad")) {
                throw new IOException("connection refused");
            }
        });
        var worker = relayer(options -> options.outboxMaxAge(Duration.ofHours(1)));
        desk.add(worker.romancy(), "k", "bad");
        worker.events().await(postponed(desk.type()));

        skip(Duration.ofMinutes(61));
        desk.add(worker.romancy(), "k", "good");

        awaitArrived(1);
        worker.events().await(setAside(desk.type()));
        assertThat(worker.events().all(EngineEvent.EventSetAside.class))
                .filteredOn(event -> event.type().equals(desk.type()))
                .extracting(EngineEvent.EventSetAside::expired)
                .containsExactly(true);
    }

    @Test
    void anEventThatNoPublisherTakesWaitsForOneThatDoes() throws Exception {
        var other = new Desk(unique("other"));
        var worker = relayer(other, options -> options);
        desk.add(worker.romancy(), "k", "homeless");
        worker.events().await(postponed(desk.type()));
        worker.close();

        relayer(options -> options);

        awaitArrived(1);
    }

    @Test
    void anotherTakesOverFromARelayerThatDiedInACall() throws Exception {
        var gate = new Gate();
        desk.trouble(event -> gate.pass());
        var dead = relayer(options -> options.leaseDuration(Duration.ofSeconds(1))
                .leaseRenewal(Duration.ofMillis(200))
                .outboxPublishTimeout(Duration.ofMillis(500)));
        desk.add(dead.romancy(), "k", "one", "two", "three");
        gate.awaitArrival();
        dead.faults().freeze();
        var heirs = new Desk(desk.type());

        var heir = relayer(
                heirs, options -> options.leaseDuration(Duration.ofSeconds(1)).leaseRenewal(Duration.ofMillis(200)));
        awaitArrived(heirs, 3);

        assertThat(heirs.texts()).containsExactly("one", "two", "three");
        heir.events().await(published(desk.type()).times(3));
        gate.open();
        dead.faults().heal();
        dead.events().await(nodeLost());
        desk.add(heir.romancy(), "k", "four");
        await(
                "the last arrives at one of them",
                () -> heirs.texts().contains("four") || desk.texts().contains("four"));
        assertThat(heirs.texts()).startsWith("one", "two", "three");
    }

    @Test
    void outcomesThatCannotBeRecordedAreRecordedLaterAndNothingIsPublishedTwice() throws Exception {
        var worker = relayer(options -> options);
        worker.faults().failNext(5, StorageCall.OUTBOX_RECORD);

        desk.add(worker.romancy(), "k", "one", "two");
        worker.events().await(published(desk.type()).times(2));

        assertThat(desk.texts()).containsExactly("one", "two");
    }

    @Test
    void anAnswerThatIsLostIsRecordedOnce() throws Exception {
        var worker = relayer(options -> options);
        worker.faults().loseAnswers(2, StorageCall.OUTBOX_RECORD);

        desk.add(worker.romancy(), "k", "one", "two");
        worker.events().await(published(desk.type()).times(2));

        assertThat(desk.texts()).containsExactly("one", "two");
    }

    @Test
    void looksThatFailForAWhileGoOnWithoutARestart() throws Exception {
        var worker = relayer(options -> options);
        worker.faults().fail(StorageCall.OUTBOX_LOOK);
        desk.add(worker.romancy(), "k", "one");
        worker.faults().awaitCount(2, DEADLINE);

        worker.faults().heal();

        awaitArrived(1);
    }

    @Test
    void aBrokerThatFailsAtRandomGetsEverythingInOrder() throws Exception {
        var calls = new AtomicInteger();
        desk.trouble(event -> {
            if (calls.incrementAndGet() % 3 == 0) {
                throw new IOException("the third time");
            }
        });
        var worker = relayer(options -> options.maxEventsPerBatch(7).outboxConcurrency(3));

        for (int i = 0; i < 10; i++) {
            int round = i;
            desk.add(
                    worker.romancy(),
                    "k" + i % 4,
                    IntStream.range(0, 10)
                            .mapToObj(n -> String.valueOf(100 * round + n))
                            .toArray(String[]::new));
        }
        awaitArrived(100);

        assertThat(desk.texts()).hasSize(100).doesNotHaveDuplicates();
        assertThat(desk.overlaps()).isEmpty();
        for (int key = 0; key < 4; key++) {
            String name = "k" + key + " of " + desk.type();
            assertThat(desk.arrived().stream()
                            .filter(event -> name.equals(event.key()))
                            .map(event -> Integer.parseInt(Desk.text(event))))
                    .isSorted();
        }
    }
}
