package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wakes: nothing that comes from outside is missed between "nothing there" and "now waiting". */
public abstract class WakeContract extends StorageContract {

    private static final ChannelName MAILBOX = new ChannelName(ChannelName.Kind.MAILBOX, "payments");

    @Test
    void aMessageBetweenLookingAndSuspendingIsNotMissed() {
        Worker worker = worker();
        var claim = running(worker).claim();
        assertThat(worker.texts(claim, MAILBOX)).isEmpty();
        publish(direct(MAILBOX, claim.id(), "just in time"));
        dispatch();

        var answer = worker.commit(claim, waitFor(MAILBOX), append(0, "refused with it"));

        assertThat(answer).isInstanceOfSatisfying(CommitResult.Moved.class, moved -> {
            assertThat(moved.wake()).isGreaterThan(claim.wake());
            assertThat(moved.cancelReason()).isNull();
        });
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.RUNNING);
        assertThat(worker.history(claim)).isEmpty();
        assertThat(worker.texts(claim, MAILBOX)).containsExactly("just in time");
    }

    @Test
    void whoLookedAgainMaySuspend() {
        Worker worker = worker();
        var run = running(worker);
        publish(direct(MAILBOX, run.claim().id(), "one"));
        dispatch();
        var look = worker.look(run.claim(), MAILBOX);
        var seen = run.claim().seen(look.wake());

        worker.leave(
                seen,
                waitFor(MAILBOX),
                append(0, "received"),
                consume(look.mailbox().getFirst()));

        assertThat(status(seen.id())).isEqualTo(InstanceStatus.WAITING);
        assertThat(worker.historyTexts(seen)).containsExactly("received");
    }

    static Stream<Transition> everyTransition() {
        return Stream.of(
                waitFor(MAILBOX),
                sleep(Duration.ofHours(1)),
                release(),
                stick("diagnosis"),
                complete("result"),
                fail("failure"),
                new Transition.Cancelled(payload("reason")));
    }

    @ParameterizedTest
    @MethodSource("everyTransition")
    void noTransitionIsTakenBeforeEverythingIsSeen(Transition transition) {
        Worker worker = worker();
        var claim = running(worker).claim();
        publish(direct(MAILBOX, claim.id(), "unseen"));
        dispatch();

        assertThat(worker.commit(claim, transition)).isInstanceOf(CommitResult.Moved.class);
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.RUNNING);

        var seen = claim.seen(worker.look(claim).wake());
        assertThat(worker.commit(seen, transition)).isInstanceOf(CommitResult.Taken.class);
        assertThat(status(claim.id())).isNotEqualTo(InstanceStatus.RUNNING);
    }

    @Test
    void stepsWithoutATransitionAreTakenAndTellThatThereIsSomethingToSee() {
        Worker worker = worker();
        var claim = running(worker).claim();
        publish(direct(MAILBOX, claim.id(), "unseen"));
        dispatch();

        var taken = worker.write(claim, append(0, "step"));

        assertThat(taken.wake()).isGreaterThan(claim.wake());
        assertThat(worker.historyTexts(claim)).containsExactly("step");
    }

    @Test
    void whatAMovedCommitWouldHavePublishedIsNotPublished() {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        publish(direct(MAILBOX, claim.id(), "unseen"));
        dispatch();

        var answer =
                worker.commit(claim, complete("done"), append(0, "published"), publishing(0, broadcast(topic, "no")));
        dispatch();

        assertThat(answer).isInstanceOf(CommitResult.Moved.class);
        assertThat(worker.texts(claim, topic)).isEmpty();
    }

    @Test
    void aMessageOnAChannelThatARunWaitsForMakesItReady() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(mailbox(), MAILBOX));
        publish(direct(MAILBOX, run.claim().id(), "wake up"));

        var result = dispatch();

        assertThat(result.woken()).contains(new DispatchResult.Woken(run.claim().id(), run.route()));
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.READY);
        assertThat(info(run.claim().id()).dueAt()).isNotNull();
        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("wake up");
    }

    @Test
    void aMessageOnAnotherChannelLetsARunWaitOnAndIsKept() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(MAILBOX));
        var other = mailbox();
        publish(direct(other, run.claim().id(), "for later"));

        var result = dispatch();

        assertThat(result.woken())
                .extracting(DispatchResult.Woken::id)
                .doesNotContain(run.claim().id());
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.WAITING);
        publish(direct(MAILBOX, run.claim().id(), "now"));
        dispatch();
        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("for later", "now");
    }

    @Test
    void aMessageOnAnotherChannelLetsATimerRunOn() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(Duration.ofHours(1), MAILBOX));
        var due = info(run.claim().id()).dueAt();
        publish(direct(mailbox(), run.claim().id(), "for later"));
        dispatch();

        assertThat(info(run.claim().id()).dueAt()).isEqualTo(due);
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void aMessageForARunThatIsReadyIsInItsClaim() {
        Worker worker = worker();
        var route = route();
        String id = start(route);
        publish(direct(MAILBOX, id, "early"));
        dispatch();

        var claimed = worker.claimOne(route);

        assertThat(Samples.texts(claimed.mailbox())).containsExactly("early");
        worker.leave(claimed.claim(), complete("done"));
    }

    @Test
    void aBroadcastIsAnEventFromOutsideLikeAnyOther() {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        publish(broadcast(topic, "news"));
        dispatch();

        assertThat(worker.commit(claim, waitFor(topic))).isInstanceOf(CommitResult.Moved.class);
    }

    @Test
    void aCancellationIsAnEventFromOutsideLikeAnyOther() {
        Worker worker = worker();
        var claim = running(worker).claim();
        commit(new Commit.Cancel(claim.id(), "stop it"));

        assertThat(worker.commit(claim, complete("done"))).isInstanceOfSatisfying(CommitResult.Moved.class, moved -> {
            assertThat(moved.wake()).isGreaterThan(claim.wake());
            assertThat(moved.cancelReason()).isEqualTo("stop it");
        });
        var look = worker.look(claim);
        assertThat(look.cancelReason()).isEqualTo("stop it");
        worker.leave(claim.seen(look.wake()), new Transition.Cancelled(payload("stop it")));
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.CANCELLED);
    }

    @Test
    void aLookSeesOnlyTheChannelsThatItNames() {
        Worker worker = worker();
        var claim = running(worker).claim();
        var other = mailbox();
        publish(direct(MAILBOX, claim.id(), "payment"));
        publish(direct(other, claim.id(), "something else"));
        dispatch();

        assertThat(worker.texts(claim, MAILBOX)).containsExactly("payment");
        assertThat(worker.texts(claim, other)).containsExactly("something else");
        assertThat(worker.texts(claim, mailbox())).isEmpty();
        assertThat(worker.texts(claim)).containsExactly("payment", "something else");
    }
}
