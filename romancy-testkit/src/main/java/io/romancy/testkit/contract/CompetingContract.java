package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.competing;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.unsubscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Topics for one: each message is received by one run, and kept until one receives. */
public abstract class CompetingContract extends StorageContract {

    @Test
    void aMessageGoesToOneOfThoseWhoWait() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        List<String> consumers = waiting(worker, route, topic, 3);
        publish(competing(topic, "work"));

        var result = dispatch();

        assertThat(result.woken())
                .filteredOn(woken -> consumers.contains(woken.id()))
                .hasSize(1);
        var run = worker.claimOne(route);
        assertThat(Samples.texts(run.mailbox())).containsExactly("work");
        assertThat(consumers)
                .filteredOn(id -> status(id) == InstanceStatus.WAITING)
                .hasSize(2);
    }

    @Test
    void eachOfSeveralMessagesGoesToAnother() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        waiting(worker, route, topic, 3);
        List.of("a", "b", "c", "d").forEach(text -> publish(competing(topic, text)));

        dispatch();

        var runs = worker.claim(10, route).runs();
        assertThat(runs).hasSize(3).allSatisfy(run -> assertThat(run.mailbox()).hasSize(1));
        assertThat(runs).flatExtracting(run -> Samples.texts(run.mailbox())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aMessageIsKeptUntilSomebodyReceives() {
        Worker worker = worker();
        var topic = topic();
        publish(competing(topic, "early"));
        dispatch();
        Route route = route();

        waiting(worker, route, topic, 1);
        dispatch();

        assertThat(Samples.texts(worker.claimOne(route).mailbox())).containsExactly("early");
    }

    @Test
    void oneReceiverGetsWhatWasKeptInTheOrderOfPublishing() {
        Worker worker = worker();
        var topic = topic();
        for (int i = 0; i < 10; i++) {
            publish(competing(topic, "m" + i));
        }
        Route route = route();
        waiting(worker, route, topic, 1);
        List<String> received = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            dispatch();
            var run = worker.claimOne(route);
            received.addAll(Samples.texts(run.mailbox()));
            worker.leave(run.claim(), waitFor(topic), consume(run.mailbox().getFirst()));
        }

        assertThat(received)
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void aRunThatDoesNotReceiveGetsNothing() {
        Worker worker = worker();
        var topic = topic();
        var busy = running(worker);
        worker.write(busy.claim(), subscribe(topic, TopicMode.COMPETING));
        var elsewhere = running(worker);
        worker.leave(elsewhere.claim(), waitFor(mailbox()), subscribe(topic, TopicMode.COMPETING));
        publish(competing(topic, "work"));

        dispatch();

        assertThat(worker.texts(busy.claim())).isEmpty();
        assertThat(status(elsewhere.claim().id())).isEqualTo(InstanceStatus.WAITING);
        worker.leave(busy.claim().seen(worker.look(busy.claim()).wake()), waitFor(topic));
        dispatch();
        assertThat(Samples.texts(worker.claimOne(busy.route()).mailbox())).containsExactly("work");
    }

    @Test
    void aMessageStaysWithTheRunThatGotItWhoeverRunsIt() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        waiting(worker, route, topic, 1);
        publish(competing(topic, "mine"));
        dispatch();
        var first = worker.claimOne(route);
        worker.leave(first.claim(), release());

        Worker other = worker();
        var second = other.claimOne(route);

        assertThat(Samples.texts(second.mailbox())).containsExactly("mine");
        other.leave();
        assertThat(Samples.texts(worker.claimOne(route).mailbox())).containsExactly("mine");
    }

    @Test
    void whatARunDidNotConsumeAtItsEndGoesToAnother() {
        Worker worker = worker();
        var topic = topic();
        Route quitting = route();
        waiting(worker, quitting, topic, 1);
        publish(competing(topic, "work"));
        dispatch();
        var quitter = worker.claimOne(quitting);
        worker.leave(quitter.claim(), complete("did not do it"));
        Route other = route();
        waiting(worker, other, topic, 1);

        dispatch();

        assertThat(Samples.texts(worker.claimOne(other).mailbox())).containsExactly("work");
    }

    @Test
    void whatARunConsumedInItsLastCommitDoesNotComeBack() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        waiting(worker, route, topic, 1);
        publish(competing(topic, "work"));
        dispatch();
        var run = worker.claimOne(route);
        worker.leave(
                run.claim(),
                complete("did it"),
                append(0, "work"),
                consume(run.mailbox().getFirst()));
        Route other = route();
        List<String> waiting = waiting(worker, other, topic, 1);

        dispatch();

        assertThat(status(waiting.getFirst())).isEqualTo(InstanceStatus.WAITING);
    }

    @Test
    void whatARunDidNotConsumeWhenItUnsubscribedGoesToAnother() {
        Worker worker = worker();
        var topic = topic();
        Route leaving = route();
        waiting(worker, leaving, topic, 1);
        publish(competing(topic, "work"));
        dispatch();
        var leaver = worker.claimOne(leaving);
        worker.write(leaver.claim(), unsubscribe(topic));
        Route other = route();
        waiting(worker, other, topic, 1);

        dispatch();

        assertThat(Samples.texts(worker.claimOne(other).mailbox())).containsExactly("work");
        assertThat(worker.texts(leaver.claim())).isEmpty();
    }

    @Test
    void whoUnsubscribedIsNotAConsumerAnyMore() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.write(run.claim(), subscribe(topic, TopicMode.COMPETING));
        worker.leave(run.claim(), sleep(Duration.ofHours(1)), unsubscribe(topic));
        publish(competing(topic, "work"));

        var result = dispatch();

        assertThat(result.woken())
                .extracting(DispatchResult.Woken::id)
                .doesNotContain(run.claim().id());
    }

    @Test
    void aRunThatIsWokenByOneMessageIsNotGivenAnother() {
        Worker worker = worker();
        var topic = topic();
        var mailbox = mailbox();
        Route route = route();
        var run = starting(worker, route);
        worker.leave(run.claim(), waitFor(topic, mailbox), subscribe(topic, TopicMode.COMPETING));
        publish(direct(mailbox, run.claim().id(), "direct"));
        dispatch();
        publish(competing(topic, "work"));
        dispatch();

        assertThat(Samples.texts(worker.claimOne(route).mailbox())).containsExactly("direct");
        Route other = route();
        waiting(worker, other, topic, 1);
        dispatch();
        assertThat(Samples.texts(worker.claimOne(other).mailbox())).containsExactly("work");
    }

    @Test
    void twoHundredMessagesAreConsumedOnceEachBySixConsumersOfWhichSomeEnd() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        List<String> consumers = waiting(worker, route, topic, 6);
        Map<String, Integer> steps = new HashMap<>();
        List<String> consumed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            publish(competing(topic, "m" + i));
        }

        while (consumed.size() < 200) {
            dispatch();
            var runs = worker.claim(6, route).runs();
            assertThat(runs)
                    .as("consumers with work after %d messages", consumed.size())
                    .isNotEmpty();
            for (ClaimedRun run : runs) {
                int position = steps.merge(run.claim().id(), 1, Integer::sum) - 1;
                boolean quits = consumers.indexOf(run.claim().id()) < 2 && position == 5;
                if (quits) {
                    worker.leave(run.claim(), complete("had enough"));
                } else {
                    var message = run.mailbox().getFirst();
                    String text = Samples.text(message.payload());
                    worker.leave(run.claim(), waitFor(topic), append(position, text), consume(message));
                    consumed.add(text);
                }
            }
        }

        assertThat(consumed)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        assertThat(consumers)
                .filteredOn(id -> status(id) == InstanceStatus.COMPLETED)
                .hasSize(2);
    }

    private ClaimedRun starting(Worker worker, Route route) {
        start(route);
        return worker.claimOne(route);
    }

    /** Starts runs that subscribe to the topic and wait for its messages. */
    private List<String> waiting(Worker worker, Route route, ChannelName topic, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(start(route));
        }
        worker.claim(count, route)
                .runs()
                .forEach(run -> worker.leave(run.claim(), waitFor(topic), subscribe(topic, TopicMode.COMPETING)));
        return ids;
    }
}
