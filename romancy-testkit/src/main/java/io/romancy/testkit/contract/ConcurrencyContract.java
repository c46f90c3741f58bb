package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.competing;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Look;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads on one storage: what is promised of one item holds when everything happens at once. */
public abstract class ConcurrencyContract extends StorageContract {

    @Test
    void eightClaimersNeverGetOneRunTwice() throws Exception {
        Route route = route();
        List<String> started = starts(route, 200);
        List<Worker> workers = IntStream.range(0, 8).mapToObj(i -> worker()).toList();
        Collection<String> claimed = new ConcurrentLinkedQueue<>();

        Crowd.together(8, number -> {
            Crowd.await("all runs are claimed", () -> {
                claimed.addAll(workers.get(number).claimIds(7, route));
                return claimed.size() >= started.size();
            });
            return number;
        });

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(started);
    }

    @Test
    void ofEightThatStartOneIdOneStartsItAndTheOthersFindIt() throws Exception {
        Route route = route();
        for (int round = 0; round < 10; round++) {
            var start = new Commit.Start(instance(id(), route));

            List<CommitResult> answers = Crowd.together(8, number -> commit(start));

            assertThat(answers)
                    .filteredOn(CommitResult.Accepted.class::isInstance)
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(CommitResult.Existing.class::isInstance)
                    .hasSize(7);
        }
        assertThat(worker().claimIds(100, route)).hasSize(10);
    }

    @Test
    void ofEightThatStartOneIdDifferentlyOneStartsItAndTheOthersAreRefused() throws Exception {
        Route route = route();
        for (int round = 0; round < 10; round++) {
            String id = id();

            List<CommitResult> answers =
                    Crowd.together(8, number -> commit(new Commit.Start(instance(id, route, "input " + number, null))));

            assertThat(answers)
                    .filteredOn(CommitResult.Accepted.class::isInstance)
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(CommitResult.Refused.class::isInstance)
                    .hasSize(7);
        }
    }

    @Test
    void oneCommitThatEightSendAtOnceActsOnce() throws Exception {
        Worker worker = worker();
        var topic = topic();
        Claim subscriber = running(worker).claim();
        worker.write(subscriber, subscribe(topic, TopicMode.BROADCAST));
        for (int round = 0; round < 10; round++) {
            Claim claim = running(worker).claim();
            Change[] changes = {append(0, "s"), publishing(0, broadcast(topic, "round " + round))};

            List<CommitResult> answers = Crowd.together(8, number -> worker.commit(claim, complete("done"), changes));

            assertThat(answers).hasOnlyElementsOfType(CommitResult.Taken.class);
            assertThat(new HashSet<>(answers)).as("one time for all").hasSize(1);
        }
        dispatch();
        assertThat(worker.texts(subscriber))
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "round " + i).toList());
    }

    @Test
    void fourDispatchersDeliverEachMessageOnce() throws Exception {
        Worker worker = worker();
        List<ChannelName> topics = IntStream.range(0, 10).mapToObj(i -> topic()).toList();
        Claim claim = running(worker).claim();
        worker.write(
                claim,
                topics.stream()
                        .map(topic -> subscribe(topic, TopicMode.BROADCAST))
                        .toArray(Change[]::new));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add("m" + i);
            publish(broadcast(topics.get(i % topics.size()), "m" + i));
        }

        Crowd.together(4, number -> dispatch());
        dispatch();

        assertThat(Samples.texts(worker.drain(claim))).containsExactlyInAnyOrderElementsOf(texts);
    }

    @Test
    void fourReapersTakeEachOrphanOnce() throws Exception {
        reapAll();
        Route route = route();
        List<Commit> starts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            starts.add(new Commit.Start(instance(id(), route, "input", new NodeId(UUID.randomUUID()))));
        }
        List<CommitResult> born = storage().runs().commit(starts);
        assertThat(born).hasOnlyElementsOfType(CommitResult.Born.class);

        Crowd.together(4, number -> reapAll());
        reapAll();

        List<ClaimedRun> claimed = new ArrayList<>();
        Worker worker = worker();
        Crowd.await("all orphans are claimed", () -> {
            claimed.addAll(worker.claim(100, route).runs());
            return claimed.size() >= 100;
        });
        assertThat(claimed)
                .hasSize(100)
                .allSatisfy(run -> assertThat(run.claim().fence())
                        .as("one reaping, one claim")
                        .isEqualTo(3));
    }

    @Test
    void aReceiverThatSuspendsAllTheTimeMissesNoMessage() throws Exception {
        Route route = route();
        String id = start(route);
        var mailbox = mailbox();
        Worker worker = worker();
        int publishers = 4;
        int each = 40;
        List<String> received = new ArrayList<>();

        Crowd.together(publishers + 1, number -> {
            if (number < publishers) {
                for (int i = 0; i < each; i++) {
                    publish(direct(mailbox, id, number + ":" + i));
                    dispatch();
                }
            } else {
                Crowd.await("all messages are received", () -> {
                    worker.claim(1, route).runs().forEach(run -> received.addAll(receiveAll(worker, run, mailbox)));
                    return received.size() >= publishers * each;
                });
            }
            return number;
        });

        assertThat(received).hasSize(publishers * each).doesNotHaveDuplicates();
        for (int number = 0; number < publishers; number++) {
            String prefix = number + ":";
            assertThat(received)
                    .filteredOn(text -> text.startsWith(prefix))
                    .isEqualTo(
                            IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
        }
    }

    /** Receives what is there and suspends; looks again whenever something came in between, as an engine does. */
    private static List<String> receiveAll(Worker worker, ClaimedRun run, ChannelName mailbox) {
        List<String> received = new ArrayList<>();
        List<DeliveredMessage> unread = run.mailbox();
        Claim claim = run.claim();
        while (true) {
            worker.write(claim, unread.stream().map(Samples::consume).toArray(Change[]::new));
            received.addAll(Samples.texts(unread));
            if (worker.commit(claim, waitFor(mailbox)) instanceof CommitResult.Taken) {
                return received;
            }
            Look look = worker.look(claim, mailbox);
            unread = look.mailbox();
            claim = claim.seen(look.wake());
        }
    }

    @Test
    void competingConsumersThatComeAndGoConsumeEachMessageOnce() throws Exception {
        Route route = route();
        var topic = topic();
        List<String> consumers = starts(route, 6);
        Set<String> quitters = Set.copyOf(consumers.subList(0, 2));
        int publishers = 2;
        int each = 60;
        List<Worker> workers = IntStream.range(0, 3).mapToObj(i -> worker()).toList();
        Collection<String> consumed = new ConcurrentLinkedQueue<>();

        Crowd.together(publishers + workers.size(), number -> {
            if (number < publishers) {
                for (int i = 0; i < each; i++) {
                    publish(competing(topic, number + ":" + i));
                }
            } else {
                Worker worker = workers.get(number - publishers);
                Crowd.await("all messages are consumed", () -> {
                    dispatch();
                    worker.claim(2, route).runs().forEach(run -> {
                        boolean quits = quitters.contains(run.claim().id())
                                && run.history().size() >= 5;
                        consumeOne(worker, run, topic, quits).ifPresent(consumed::add);
                    });
                    return consumed.size() >= publishers * each;
                });
            }
            return number;
        });

        List<String> published = new ArrayList<>();
        for (int number = 0; number < publishers; number++) {
            for (int i = 0; i < each; i++) {
                published.add(number + ":" + i);
            }
        }
        assertThat(consumed).containsExactlyInAnyOrderElementsOf(published);
        assertThat(quitters)
                .allSatisfy(id -> assertThat(status(id)).isIn(InstanceStatus.COMPLETED, InstanceStatus.WAITING));
    }

    /** Consumes the message that came with the claim, if one did, and waits for the next; or ends and leaves it to others. */
    private static Optional<String> consumeOne(Worker worker, ClaimedRun run, ChannelName topic, boolean quits) {
        Claim claim = run.claim();
        if (quits) {
            worker.leave(claim, complete("had enough"));
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        changes.add(subscribe(topic, TopicMode.COMPETING));
        Optional<DeliveredMessage> message = run.mailbox().stream().findFirst();
        Optional<String> text = message.map(delivered -> Samples.text(delivered.payload()));
        message.ifPresent(delivered -> {
            changes.add(append(run.history().size(), text.orElseThrow()));
            changes.add(consume(delivered));
        });
        worker.leave(claim, waitFor(topic), changes.toArray(Change[]::new));
        return text;
    }

    @Test
    void everyStepIsRecordedAndPublishedOnceAlsoWhenClaimsAreStolenAndCommitsDoubled() throws Exception {
        Route route = route();
        int runs = 10;
        int steps = 10;
        List<String> ids = starts(route, runs);
        var topic = topic();
        Worker observer = worker();
        Claim witness = running(observer).claim();
        observer.write(witness, subscribe(topic, TopicMode.BROADCAST));
        AtomicInteger finished = new AtomicInteger();

        Crowd.together(4, number -> {
            Crowd.await("all runs are finished", () -> {
                Worker worker = Worker.join(storage());
                List<ClaimedRun> claimed = worker.claim(3, route).runs();
                if (number == 0) {
                    worker.leave(); // and goes on nevertheless: a zombie from here on
                }
                for (ClaimedRun run : claimed) {
                    CommitResult result = oneStep(worker, run, steps, topic);
                    finished.addAndGet(
                            result instanceof CommitResult.Taken
                                            && run.history().size() + 1 == steps
                                    ? 1
                                    : 0);
                }
                worker.leave();
                return finished.get() >= runs;
            });
            return number;
        });

        dispatch();
        assertThat(ids).allSatisfy(id -> assertThat(status(id)).isEqualTo(InstanceStatus.COMPLETED));
        assertThat(ids)
                .allSatisfy(id -> assertThat(storage().runs().history(info(id).run(), 0, 100))
                        .extracting(step -> Samples.text(step.body()))
                        .isEqualTo(IntStream.range(0, steps)
                                .mapToObj(i -> id + ":" + i)
                                .toList()));
        assertThat(Samples.texts(observer.drain(witness))).hasSize(runs * steps).doesNotHaveDuplicates();
        assertThat(finished).hasValue(runs);
    }

    /** Records and publishes the next step and lets go, or completes after the last; sends the same commit twice. */
    private CommitResult oneStep(Worker worker, ClaimedRun run, int steps, ChannelName topic) {
        int position = run.history().size();
        String text = run.claim().id() + ":" + position;
        Transition transition = position + 1 == steps ? complete("done") : Samples.release();
        Change[] changes = {append(position, text), publishing(position, broadcast(topic, text))};
        CommitResult first = worker.commit(run.claim(), transition, changes);
        worker.commit(run.claim(), transition, changes);
        return first;
    }

    private List<String> starts(Route route, int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> id()).toList();
        storage()
                .runs()
                .commit(ids.stream()
                        .<Commit>map(id -> new Commit.Start(instance(id, route)))
                        .toList());
        return ids;
    }
}
