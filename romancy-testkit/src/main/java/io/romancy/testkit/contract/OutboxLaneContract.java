package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lanes of the outbox: relayers share them, one holds each at a time, and what a dead one held goes to another. */
public abstract class OutboxLaneContract extends OutboxTheme {

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
    void eightRelayersNeverHaveOneEventAtTheSameTime() throws Exception {
        String type = unique("type");
        add(IntStream.range(0, 400)
                .mapToObj(i -> event(type, "k" + i % 40, String.valueOf(i)))
                .toArray(NewEvent[]::new));
        List<Worker> workers = IntStream.range(0, 8).mapToObj(i -> worker()).toList();
        Set<String> inFlight = ConcurrentHashMap.newKeySet();
        Collection<String> sent = new ConcurrentLinkedQueue<>();

        Crowd.together(8, number -> {
            Relayer relayer = new Relayer(storage(), workers.get(number).node());
            Crowd.await("everything is sent", () -> {
                var holding = relayer.hold();
                relayer.release(holding.lanes().stream().skip(holding.share()).toList());
                for (OutboxHead head : relayer.heads(type)) {
                    String id = head.event().id();
                    assertThat(inFlight.add(id)).as("nobody else has " + id).isTrue();
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
}
