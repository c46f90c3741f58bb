package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.spi.StorageCapability;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.TopicMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of messages: what was committed before another was published comes first, and who commits late is not skipped. */
public abstract class OrderContract extends StorageContract {

    @Test
    void messagesArriveInTheOrderInWhichTheyWerePublished() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        List<String> published = IntStream.range(0, 50).mapToObj(i -> "m" + i).toList();

        published.forEach(text -> publish(broadcast(topic, text)));
        dispatch();

        assertThat(worker.texts(claim)).isEqualTo(published);
    }

    @Test
    void theOrderHoldsOverDispatchesInBetween() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        List<String> published = IntStream.range(0, 20).mapToObj(i -> "m" + i).toList();

        for (String text : published) {
            publish(broadcast(topic, text));
            dispatch();
        }

        var mailbox = worker.look(claim).mailbox();
        assertThat(Samples.texts(mailbox)).isEqualTo(published);
        assertThat(mailbox)
                .extracting(DeliveredMessage::seq)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void messagesOfOneRunArriveInTheOrderOfItsSteps() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        Claim publisher = running(worker).claim();

        worker.write(
                publisher,
                append(0, "p"),
                publishing(0, broadcast(topic, "first")),
                append(1, "p"),
                publishing(1, broadcast(topic, "second")));
        worker.write(publisher, append(2, "p"), publishing(2, broadcast(topic, "third")));
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("first", "second", "third");
    }

    @Test
    void directMessagesOnOneMailboxArriveInOrder() {
        Worker worker = worker();
        var mailbox = mailbox();
        Claim claim = running(worker).claim();
        List<String> sent = IntStream.range(0, 50).mapToObj(i -> "m" + i).toList();

        sent.forEach(text -> publish(direct(mailbox, claim.id(), text)));
        dispatch();

        assertThat(worker.texts(claim, mailbox)).isEqualTo(sent);
    }

    @Test
    void aMessageIsOnlyThereOnceItsTransactionCommits() throws Exception {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        try (var held = HeldTransaction.open(storage(), new Commit.Publish(broadcast(topic, "late")))) {
            if (concurrentWriters()) {
                dispatch();
            }
            assertThat(worker.texts(claim)).isEmpty();
            held.commit();
        }

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("late");
    }

    @Test
    void aPublisherThatCommitsLateIsNotSkipped() throws Exception {
        Worker worker = worker();
        var topic = topic();
        Claim claim = subscriber(worker, topic);
        assumeTrue(concurrentWriters());
        try (var held = HeldTransaction.open(storage(), new Commit.Publish(broadcast(topic, "late")))) {
            publish(broadcast(topic, "after it, and committed before"));
            dispatch();
            assertThat(worker.texts(claim)).containsExactly("after it, and committed before");
            held.commit();
        }

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("after it, and committed before", "late");
    }

    @Test
    void aSubscriptionGetsWhatWasWrittenBeforeAndCommittedAfterIt() throws Exception {
        Worker worker = worker();
        var topic = topic();
        assumeTrue(concurrentWriters());
        Claim claim;
        Claim tooLate;
        try (var held = HeldTransaction.open(storage(), new Commit.Publish(broadcast(topic, "open then")))) {
            claim = subscriber(worker, topic);
            held.commit();
            tooLate = subscriber(worker, topic);
        }

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("open then");
        assertThat(worker.texts(tooLate)).isEmpty();
    }

    @Test
    void aDirectMessageThatCommitsLateIsNotSkipped() throws Exception {
        Worker worker = worker();
        var mailbox = mailbox();
        Claim claim = running(worker).claim();
        assumeTrue(concurrentWriters());
        try (var held = HeldTransaction.open(storage(), new Commit.Publish(direct(mailbox, claim.id(), "late")))) {
            publish(direct(mailbox, claim.id(), "on time"));
            dispatch();
            held.commit();
        }

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("on time", "late");
    }

    @Test
    void anOpenTransactionKeepsNobodyFromTheWork() throws Exception {
        Worker worker = worker();
        var route = route();
        assumeTrue(concurrentWriters());
        try (var held = HeldTransaction.open(storage(), new Commit.Start(Samples.instance(id(), route())))) {
            String id = start(route);
            var run = worker.claimOne(route);
            worker.leave(run.claim(), Samples.complete("done"));
            reapAll();
            assertThat(status(id).isFinal()).isTrue();
            held.commit();
        }
    }

    @Test
    void withOneWriterTheOthersWaitForAnOpenTransaction() throws Exception {
        assumeFalse(concurrentWriters());
        var topic = topic();
        Worker worker = worker();
        Claim claim = subscriber(worker, topic);
        CompletableFuture<Void> second;
        try (var held = HeldTransaction.open(storage(), new Commit.Publish(broadcast(topic, "first")))) {
            second = CompletableFuture.runAsync(() -> publish(broadcast(topic, "second")));
            // Right however long it takes; the span only gives a wrong storage the time to show it.
            assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            held.commit();
        }
        second.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);

        dispatch();

        assertThat(worker.texts(claim)).containsExactly("first", "second");
    }

    @Test
    void sixteenPublishersReachAllSubscribersInOneOrder() throws Exception {
        Worker worker = worker();
        var topic = topic();
        List<Claim> subscribers =
                IntStream.range(0, 3).mapToObj(i -> subscriber(worker, topic)).toList();

        Crowd.together(16, publisher -> {
            for (int i = 0; i < 20; i++) {
                publish(broadcast(topic, publisher + ":" + i));
                if (i % 7 == publisher % 7) {
                    dispatch();
                }
            }
            return publisher;
        });
        dispatch();

        List<List<String>> received = subscribers.stream()
                .map(claim -> Samples.texts(worker.drain(claim)))
                .toList();
        assertThat(received.getFirst()).hasSize(16 * 20).doesNotHaveDuplicates();
        assertThat(received).allSatisfy(one -> assertThat(one).isEqualTo(received.getFirst()));
        for (int publisher = 0; publisher < 16; publisher++) {
            String prefix = publisher + ":";
            List<String> ofOne = received.getFirst().stream()
                    .filter(text -> text.startsWith(prefix))
                    .toList();
            List<String> expected = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> expected.add(prefix + i));
            assertThat(ofOne).isEqualTo(expected);
        }
    }

    private boolean concurrentWriters() {
        return storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS);
    }

    private Claim subscriber(Worker worker, ChannelName topic) {
        Claim claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        return claim;
    }
}
