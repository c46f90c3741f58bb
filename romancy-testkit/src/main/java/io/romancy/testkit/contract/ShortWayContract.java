package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.competing;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages that are published, dispatched and claimed for in one go: the same in the end as in three calls. */
public abstract class ShortWayContract extends StorageContract {

    @Test
    void aMessageBringsTheClaimOfWhoWaitsForIt() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);

        Delivery delivery = deliver(claim(worker, route), direct(mailbox, waiting.id(), "hello"));

        assertThat(delivery.answers()).singleElement().isInstanceOf(CommitResult.Accepted.class);
        assertThat(claimed(delivery)).singleElement().satisfies(run -> {
            assertThat(run.claim().id()).isEqualTo(waiting.id());
            assertThat(run.claim().fence()).isEqualTo(waiting.fence() + 1);
            assertThat(Samples.texts(run.mailbox())).containsExactly("hello");
        });
        assertThat(dispatch().dispatched()).isZero();
    }

    @Test
    void withoutAClaimItSaysWhomItWoke() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);

        Delivery delivery = deliver(null, direct(mailbox, waiting.id(), "hello"));

        assertThat(delivery.claimed()).isNull();
        assertThat(delivery.dispatched().woken()).containsExactly(new DispatchResult.Woken(waiting.id(), route));
        assertThat(Samples.texts(worker.claimOne(route).mailbox())).containsExactly("hello");
    }

    @Test
    void oneWhoDoesNotWaitKeepsTheMessageAndItsOwner() {
        Worker worker = worker();
        var mailbox = mailbox();
        ClaimedRun busy = running(worker);

        Delivery delivery = deliver(
                claim(worker, busy.route()), direct(mailbox, busy.claim().id(), "later"));

        assertThat(claimed(delivery)).isEmpty();
        assertThat(worker.texts(busy.claim())).containsExactly("later");
    }

    @Test
    void everySubscriberGetsABroadcast() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        List<Claim> subscribers = IntStream.range(0, 3)
                .mapToObj(i -> subscriber(worker, route, topic, TopicMode.BROADCAST))
                .toList();

        Delivery delivery = deliver(claim(worker, route), broadcast(topic, "to all"));

        assertThat(claimed(delivery))
                .extracting(run -> run.claim().id())
                .containsExactlyInAnyOrderElementsOf(
                        subscribers.stream().map(Claim::id).toList());
        assertThat(claimed(delivery))
                .allSatisfy(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("to all"));
    }

    @Test
    void oneOfSeveralGetsACompetingMessage() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        subscriber(worker, route, topic, TopicMode.COMPETING);
        subscriber(worker, route, topic, TopicMode.COMPETING);
        dispatch();

        Delivery delivery = deliver(claim(worker, route), competing(topic, "work"));

        assertThat(claimed(delivery))
                .singleElement()
                .satisfies(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("work"));
    }

    @Test
    void severalKindsTogetherArriveAsWell() {
        Worker worker = worker();
        var mailbox = mailbox();
        var topic = topic();
        Route route = route();
        Claim addressee = waiting(worker, route, mailbox);
        Claim consumer = subscriber(worker, route, topic, TopicMode.COMPETING);

        Delivery delivery =
                deliver(claim(worker, route), direct(mailbox, addressee.id(), "letter"), competing(topic, "work"));
        dispatch();

        assertThat(delivery.answers()).hasSize(2).hasOnlyElementsOfType(CommitResult.Accepted.class);
        List<ClaimedRun> runs = new ArrayList<>();
        if (delivery.claimed() != null) {
            runs.addAll(delivery.claimed().runs());
        }
        runs.addAll(worker.claim(10, route).runs());
        assertThat(runs)
                .extracting(run -> run.claim().id() + " " + Samples.texts(run.mailbox()))
                .containsExactlyInAnyOrder(addressee.id() + " [letter]", consumer.id() + " [work]");
    }

    @Test
    void whatWasPublishedBeforeComesFirst() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);
        publish(direct(mailbox, waiting.id(), "first"));

        Delivery delivery = deliver(claim(worker, route), direct(mailbox, waiting.id(), "second"));

        List<ClaimedRun> runs = claimed(delivery);
        if (delivery.dispatched().isUnfinished()) {
            assertThat(runs).isEmpty();
            dispatch();
            runs = worker.claim(10, route).runs();
        }
        assertThat(runs)
                .singleElement()
                .satisfies(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("first", "second"));
    }

    @Test
    void aMessageThatIsSentAgainIsAnsweredAlikeAndArrivesOnce() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);
        NewMessage message = direct(mailbox, waiting.id(), "once");

        long first = number(deliver(null, message));
        long again = number(deliver(null, message));

        assertThat(again).isEqualTo(first).isPositive();
        dispatch();
        assertThat(Samples.texts(worker.claimOne(route).mailbox())).containsExactly("once");
    }

    @Test
    void aMessageToNobodyIsRefusedAndTheOthersArrive() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);

        Delivery delivery =
                deliver(claim(worker, route), direct(mailbox, id(), "anyone?"), direct(mailbox, waiting.id(), "hello"));

        assertThat(delivery.answers().get(0))
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(ErrorCode.INSTANCE_NOT_FOUND));
        assertThat(delivery.answers().get(1)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(claimed(delivery))
                .singleElement()
                .satisfies(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("hello"));
    }

    @Test
    void itClaimsNoMoreThanItWasAskedFor() {
        Worker worker = worker();
        var topic = topic();
        Route route = route();
        subscriber(worker, route, topic, TopicMode.BROADCAST);
        subscriber(worker, route, topic, TopicMode.BROADCAST);

        Delivery delivery = deliver(new ClaimRequest(worker.node(), List.of(route), 1), broadcast(topic, "to all"));

        assertThat(delivery.dispatched().woken()).hasSize(2);
        assertThat(claimed(delivery)).hasSize(1);
        assertThat(worker.claim(10, route).runs())
                .hasSize(1)
                .allSatisfy(run -> assertThat(Samples.texts(run.mailbox())).containsExactly("to all"));
    }

    @Test
    void itClaimsNothingForAWorkerWithoutALeaseNorOfAnotherRoute() {
        Worker worker = worker();
        var mailbox = mailbox();
        Route route = route();
        Claim waiting = waiting(worker, route, mailbox);
        Claim other = waiting(worker, route(), mailbox);
        var nobody = new ClaimRequest(new NodeId(UUID.randomUUID()), List.of(route), 10);

        assertThat(claimed(deliver(nobody, direct(mailbox, waiting.id(), "hello"))))
                .isEmpty();
        assertThat(claimed(deliver(claim(worker, route), direct(mailbox, other.id(), "hello"))))
                .extracting(run -> run.claim().id())
                .doesNotContain(other.id());
        assertThat(status(other.id())).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void aRunThatIsAtWorkOrWaitsForSomethingElseGetsItsMessageAndIsNotClaimed() {
        Worker worker = worker();
        Route route = route();
        var mailbox = mailbox();
        Claim busy = running(worker).claim();
        Claim elsewhere = waiting(worker, route, mailbox());

        for (Claim claim : List.of(busy, elsewhere)) {
            Delivery delivery = deliver(claim(worker, route), direct(mailbox, claim.id(), "by the way"));

            assertThat(delivery.dispatched().dispatched()).isEqualTo(1);
            assertThat(delivery.dispatched().woken()).isEmpty();
            assertThat(claimed(delivery)).isEmpty();
        }

        var look = storage().runs().look(busy, Set.of()).orElseThrow();
        assertThat(look.wake()).isEqualTo(busy.wake() + 1);
        assertThat(Samples.texts(look.mailbox())).containsExactly("by the way");
    }

    private Claim waiting(Worker worker, Route route, ChannelName channel) {
        start(route);
        Claim claim = worker.claimOne(route).claim();
        worker.leave(claim, waitFor(channel));
        return claim;
    }

    private Claim subscriber(Worker worker, Route route, ChannelName topic, TopicMode mode) {
        storage().messages().declareTopic(topic, mode);
        start(route);
        Claim claim = worker.claimOne(route).claim();
        worker.leave(claim, waitFor(topic), subscribe(topic, mode));
        return claim;
    }

    private static ClaimRequest claim(Worker worker, Route route) {
        return new ClaimRequest(worker.node(), List.of(route), 10);
    }

    private Delivery deliver(@Nullable ClaimRequest claim, NewMessage... messages) {
        return storage()
                .deliver(Arrays.stream(messages).map(Commit.Publish::new).toList(), claim);
    }

    private static List<ClaimedRun> claimed(Delivery delivery) {
        ClaimBatch batch = delivery.claimed();
        assertThat(batch).as("what was claimed").isNotNull();
        return batch == null ? List.of() : batch.runs();
    }

    private static long number(Delivery delivery) {
        return ((CommitResult.Accepted) delivery.answers().getFirst()).message();
    }
}
