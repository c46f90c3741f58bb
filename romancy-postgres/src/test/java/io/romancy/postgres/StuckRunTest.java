package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run's row stays locked, as by a client that lost its power before its commit; everybody else's messages arrive. */
class StuckRunTest extends RaceTest {
    private static final Route ROUTE = new Route("stuck", 1);

    /** Topics with lanes of their own, in the order of these. */
    private static final List<ChannelName> TOPICS = Stream.of("work", "jobs")
            .map(name -> new ChannelName(ChannelName.Kind.TOPIC, name))
            .sorted(Comparator.comparingInt(topic -> Lanes.ofCompeting(topic.text())))
            .toList();

    /** Ids on lanes of their own, in the order of the lanes: whoever is served first is the first. */
    private static final List<String> IDS = IntStream.range(0, 1000)
            .mapToObj(i -> "r" + i)
            .collect(Collectors.toMap(Lanes::ofTarget, id -> id, (first, other) -> first))
            .values()
            .stream()
            .sorted(Comparator.comparingInt(Lanes::ofTarget))
            .limit(4)
            .toList();

    @Test
    void itsMessagesWaitAndThoseToOthersDoNot() throws SQLException {
        IDS.forEach(this::waitingForMail);
        hold(IDS.getFirst());
        IDS.forEach(id -> worker.send("to-" + id, id));

        var first = storage.messages().dispatch(100);
        var later = storage.messages().dispatch(100);
        gate.open();

        assertThat(woken(first)).containsExactlyInAnyOrderElementsOf(IDS.subList(1, 4));
        assertThat(later).isEqualTo(DispatchResult.nothing());
        assertThat(woken(storage.messages().dispatch(100))).containsExactly(IDS.getFirst());
        assertThat(unsent()).isZero();
    }

    @Test
    void whatStandsBeforeItOnItsLaneGoesOn() throws SQLException {
        String held = IDS.getFirst();
        List<String> others = IntStream.range(0, 10_000)
                .mapToObj(i -> "same" + i)
                .filter(id -> Lanes.ofTarget(id) == Lanes.ofTarget(held))
                .limit(3)
                .toList();
        waitingForMail(held);
        others.forEach(this::waitingForMail);
        hold(held);
        others.subList(0, 2).forEach(id -> worker.send("to-" + id, id));
        worker.send("to-held", held);
        worker.send("to-last", others.getLast());

        var blocked = storage.messages().dispatch(100);
        gate.open();

        assertThat(woken(blocked)).containsExactlyInAnyOrderElementsOf(others.subList(0, 2));
        assertThat(woken(storage.messages().dispatch(100))).containsExactlyInAnyOrder(held, others.getLast());
    }

    @Test
    void competingMessagesAreSharedOut() throws SQLException {
        waitingForMail(IDS.getFirst());
        waitingFor(TOPICS.getFirst(), "consumer");
        dispatchAll();
        hold(IDS.getFirst());
        worker.send("to-held", IDS.getFirst());
        worker.commit(message("work", TOPICS.getFirst()));

        assertThat(woken(storage.messages().dispatch(100))).containsExactly("consumer");
        gate.open();
    }

    @Test
    void aLockedConsumerStopsItsTopicOnly() throws SQLException {
        waitingFor(TOPICS.getFirst(), "held");
        waitingFor(TOPICS.getLast(), "consumer");
        dispatchAll();
        hold("held");
        worker.commit(message("work", TOPICS.getFirst()));
        worker.commit(message("jobs", TOPICS.getLast()));

        assertThat(woken(storage.messages().dispatch(100))).containsExactly("consumer");
        gate.open();
        assertThat(woken(storage.messages().dispatch(100))).containsExactly("held");
    }

    @Test
    void anOperatorReadsOnceHowToFindWhoHoldsIt() throws SQLException {
        waitingForMail(IDS.getFirst());
        hold(IDS.getFirst());
        worker.send("m", IDS.getFirst());
        List<String> warnings;
        try (var lines = new LogLines(Dispatch.class)) {
            for (int i = 0; i < 4; i++) {
                storage.messages().dispatch(100);
            }
            warnings = lines.containing("WARN ");
        }

        assertThat(warnings).singleElement().satisfies(line -> {
            String query = line.replaceFirst(".*(?=SELECT)", "");
            assertThat(gate.number("SELECT count(*) FROM (" + query + ") held WHERE id = '" + IDS.getFirst() + "'"))
                    .isEqualTo(1);
        });
        gate.open();
    }

    private void hold(String id) throws SQLException {
        gate.execute("SELECT FROM romancy.run WHERE id = '" + id + "' FOR NO KEY UPDATE");
    }

    private void waitingForMail(String id) {
        worker.leave(worker.born(id, ROUTE), Actors.waitForMail());
    }

    private void waitingFor(ChannelName topic, String id) {
        worker.leave(
                worker.born(id, ROUTE),
                new Transition.Suspend(Set.of(topic), null),
                new Change.Subscribe(topic, TopicMode.COMPETING));
    }

    private static Commit message(String uid, ChannelName topic) {
        return new Commit.Publish(
                new NewMessage(uid, topic, TopicMode.COMPETING, null, null, Map.of(), Actors.payload(uid)));
    }

    private void dispatchAll() {
        while (storage.messages().dispatch(100).isUnfinished()) {}
    }

    private long unsent() throws SQLException {
        return gate.number("SELECT count(*) FROM romancy.msg WHERE seq IS NULL");
    }

    private static List<String> woken(DispatchResult result) {
        return result.woken().stream().map(DispatchResult.Woken::id).toList();
    }
}
