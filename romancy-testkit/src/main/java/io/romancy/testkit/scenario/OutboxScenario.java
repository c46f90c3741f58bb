package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.polled;
import static io.romancy.testkit.record.EventConditions.postponed;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.source;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.StorageCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events that leave the application: with its commit or never, at least once, and in the order of their keys. */
public abstract class OutboxScenario extends Scenario {
    private final Desk desk = new Desk(unique("type"));

    private ScenarioWorker relayer() {
        return relayer(options -> options);
    }

    private ScenarioWorker relayer(UnaryOperator<RomancyBuilder> options) {
        return worker(builder -> options.apply(builder.publisher(desk)
                .outboxRetryDelay(Duration.ofMillis(1))
                .outboxMaxRetryDelay(Duration.ofMillis(20))));
    }

    private void awaitArrived(int events) {
        await(events + " events, not " + desk.texts(), () -> desk.texts().size() >= events);
    }

    @Test
    void anEventIsPublishedAfterTheCommitAsItWasAdded() throws Exception {
        var worker = relayer();
        var id = new AtomicReference<>("");

        worker.romancy().inTransaction(transaction -> {
            id.set(worker.romancy()
                    .outbox()
                    .add(OutboxEvent.of(desk.type(), Map.of("total", 42))
                            .key("order 7 of " + desk.type())
                            .header("tenant", "acme")));
            assertThat(desk.arrived()).as("before the commit").isEmpty();
            return id;
        });
        worker.events().await(published(desk.type()));

        assertThat(desk.arrived()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(id.get());
            assertThat(event.key()).isEqualTo("order 7 of " + desk.type());
            assertThat(event.headers()).isEqualTo(Map.of("tenant", "acme"));
            assertThat(new String(event.payload().data(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"total\":42}");
            assertThat(event.attempt()).isEqualTo(1);
        });
    }

    @Test
    void nothingIsPublishedAfterARollback() throws Exception {
        var worker = relayer();

        assertThatThrownBy(() -> worker.romancy().inTransaction(transaction -> {
                    worker.romancy().outbox().add(desk.type(), "never");
                    throw new IOException("the application failed");
                }))
                .isInstanceOf(IOException.class);
        worker.romancy().inTransaction(transaction -> {
            worker.romancy().outbox().add(desk.type(), "nor this");
            transaction.rollbackOnly();
            return true;
        });
        desk.add(worker.romancy(), null, "this");
        awaitArrived(1);

        assertThat(desk.texts()).containsExactly("this");
    }

    @Test
    void addingOutsideATransactionIsRefused() {
        var worker = relayer();

        assertThatThrownBy(() -> worker.romancy().outbox().add(desk.type(), "alone"))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_TRANSACTION));
    }

    @Test
    void addingInAWorkflowsBodyIsRefused() {
        var type = texts();
        var mine = new AtomicReference<ScenarioWorker>();
        var worker = relayer(options -> options.workflow(type, (ctx, input) -> {
            try {
                requireNonNull(mine.get()).romancy().outbox().add(desk.type(), "on each replay");
                return "added";
            } catch (RomancyException e) {
                return e.code().name();
            }
        }));
        mine.set(worker);

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo(ErrorCode.WRONG_PLACE.name());
    }

    @Test
    void aStepAddsItInATransactionOfItsOwn() {
        var type = texts();
        var mine = new AtomicReference<ScenarioWorker>();
        var worker = relayer(options -> options.workflow(type, (ctx, input) -> {
            ctx.step("tell", () -> desk.add(requireNonNull(mine.get()).romancy(), null, "told by " + input));
            return "done";
        }));
        mine.set(worker);

        assertThat(result(worker.romancy().start(type, "x"))).isEqualTo("done");
        awaitArrived(1);
        assertThat(desk.texts()).containsExactly("told by x");
    }

    @Test
    void dataThatCannotBeEncodedIsRefusedAndTheTransactionGoesOn() throws Exception {
        var worker = relayer(options -> options.maxPayloadBytes(1024));

        worker.romancy().inTransaction(transaction -> {
            assertThatThrownBy(() -> worker.romancy().outbox().add(desk.type(), "x".repeat(2000)))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
            assertThatThrownBy(() -> worker.romancy().outbox().add(" ", "no type"))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
            worker.romancy().outbox().add(desk.type(), "small");
            return true;
        });
        awaitArrived(1);

        assertThat(desk.texts()).containsExactly("small");
    }

    @Test
    void eventsOfAKeyArriveInTheOrderInWhichTheyWereAdded() throws Exception {
        var worker = relayer();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            desk.add(worker.romancy(), "k" + i % 3, String.valueOf(i));
            expected.add(String.valueOf(i));
        }
        awaitArrived(30);

        for (int key = 0; key < 3; key++) {
            int rest = key;
            assertThat(desk.texts().stream().filter(text -> Integer.parseInt(text) % 3 == rest))
                    .isEqualTo(expected.stream()
                            .filter(text -> Integer.parseInt(text) % 3 == rest)
                            .toList());
        }
        assertThat(desk.overlaps()).isEmpty();
    }

    @Test
    void whatWasAddedWhileNobodyRelaysIsPublishedByTheNextWorkerThatCan() throws Exception {
        var client = client();
        desk.add(client.romancy(), "k", "one", "two", "three");
        assertThat(client.romancy().outbox().counts().pending()).isGreaterThanOrEqualTo(3);

        relayer();

        awaitArrived(3);
        assertThat(desk.texts()).containsExactly("one", "two", "three");
    }

    @Test
    void aNotificationWakesARelayerThatDoesNotPoll() throws Exception {
        assumeTrue(hasNotifications(), "this storage has no notifications");
        var worker = relayer(options -> options.notifyFallbackInterval(NEVER).outboxInterval(NEVER));
        worker.events().await(source(SourceState.LIVE));
        worker.events().await(polled("outbox"));
        var client = client();

        desk.add(client.romancy(), null, "woken");

        awaitArrived(1);
    }

    @Test
    void withEveryNotificationDroppedAllArriveByPolling() throws Exception {
        var worker = relayer();
        worker.faults().notifications().drop();
        var client = client();
        client.faults().notifications().drop();

        for (int i = 0; i < 10; i++) {
            desk.add(client.romancy(), "k", "e" + i);
        }
        awaitArrived(10);

        assertThat(desk.texts())
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void severalRelayersShareTheWorkAndNoneSendsWhatAnotherDoes() throws Exception {
        var other = new Desk(desk.type());
        var first = relayer();
        var second = worker(builder -> builder.publisher(other));
        first.events().await(polled("outbox"));
        second.events().await(polled("outbox"));
        int sent = 0;
        while (desk.texts().isEmpty() || other.texts().isEmpty()) {
            assertThat(sent).as("events until both had some").isLessThan(100_000);
            for (int i = 0; i < 20; i++) {
                desk.add(first.romancy(), "k" + i, String.valueOf(sent++));
            }
            int all = sent;
            await("all arrive", () -> desk.texts().size() + other.texts().size() >= all);
        }
        int all = sent;

        assertThat(Stream.concat(desk.texts().stream(), other.texts().stream()))
                .hasSize(all)
                .doesNotHaveDuplicates();
        for (int i = 0; i < 20; i++) {
            String key = "k" + i + " of " + desk.type();
            assertInOrder(desk, key);
            assertInOrder(other, key);
        }
    }

    private static void assertInOrder(Desk desk, String key) {
        assertThat(desk.arrived().stream()
                        .filter(event -> key.equals(event.key()))
                        .map(event -> Integer.parseInt(Desk.text(event))))
                .isSorted();
    }

    @Test
    void aWorkerThatStopsRecordsWhatItPublishedAndTheNextGoesOn() throws Exception {
        var gate = new Gate();
        desk.trouble(event -> {
            if (Desk.text(event).equals("slow")) {
                gate.pass();
            }
        });
        var stopping = relayer();
        desk.add(stopping.romancy(), "k", "slow", "next");
        gate.awaitArrival();
        Thread closing = Thread.ofVirtual().start(stopping::close);
        gate.open();
        closing.join(DEADLINE);
        assertThat(desk.texts()).startsWith("slow");

        relayer();

        awaitArrived(2);
        assertThat(desk.texts()).containsExactly("slow", "next");
    }

    @Test
    void aWorkerThatStopsWaitsUntilItKnowsWhatBecameOfAnEvent() throws Exception {
        var gate = new Gate();
        desk.trouble(event -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() { // asked for once the call has ended
                    gate.passDeaf();
                    return "no such topic";
                }
            };
        });
        var stopping = relayer();
        desk.add(stopping.romancy(), null, "refused");
        gate.awaitArrival();

        Thread closing = Thread.ofVirtual().start(stopping::close);
        assertThat(closing.join(Duration.ofMillis(100))).as("it waits").isFalse();
        gate.open();

        assertThat(closing.join(DEADLINE)).isTrue();
        assertThat(stopping.events().count(postponed(desk.type()))).isEqualTo(1);
        desk.trouble(event -> {});
        relayer();
        awaitArrived(1);
    }

    @Test
    void whatWasPublishedIsForgottenAfterItsTime() throws Exception {
        var worker = relayer(options -> options.outboxRetention(Duration.ofSeconds(1)));
        desk.add(worker.romancy(), null, "old");
        worker.events().await(published(desk.type()));

        skip(Duration.ofMinutes(1));

        await(
                "it is deleted",
                () -> storage().outbox().purge(Duration.ofSeconds(30), 1) == 0
                        && worker.faults().calls(StorageCall.UPKEEP) > 0);
    }

    @Test
    void aWorkerWithoutPublishersDoesNotEvenLook() throws Exception {
        var worker = worker(options -> options);
        desk.add(worker.romancy(), null, "for others");
        worker.events().await(polled("message-dispatch"));

        assertThat(worker.faults().calls(StorageCall.OUTBOX_LOOK)).isZero();
        relayer();
        awaitArrived(1);
    }
}
