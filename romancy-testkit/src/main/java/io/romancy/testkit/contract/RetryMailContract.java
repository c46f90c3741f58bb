package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.competing;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.unsubscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance that failed finds when it is retried: its replay subscribes to nothing, and consumes nothing again. */
public abstract class RetryMailContract extends StorageContract {

    @Test
    void whatLayUnreadIsStillThere() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.write(run.claim(), append(0, "subscribed"), subscribe(topic, TopicMode.BROADCAST));
        publish(direct(mailbox(), run.claim().id(), "direct"));
        publish(broadcast(topic, "read"));
        publish(broadcast(topic, "broadcast"));
        dispatch();
        var look = worker.look(run.claim());
        var read = look.mailbox().stream()
                .filter(message -> Samples.text(message.payload()).equals("read"))
                .findFirst()
                .orElseThrow();

        worker.leave(run.claim().seen(look.wake()), fail("failure"), append(1, "read"), consume(read));

        assertThat(Samples.texts(retried(worker, run).mailbox())).containsExactlyInAnyOrder("direct", "broadcast");
    }

    @Test
    void subscriptionsGoOnWithoutWhatWasDispatchedMeanwhile() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"), subscribed(worker, run, topic));
        publish(broadcast(topic, "while it was failed"));
        assertThat(dispatch().woken()).isEmpty();

        var again = retried(worker, run);
        publish(broadcast(topic, "afterwards"));
        dispatch();

        assertThat(again.mailbox()).isEmpty();
        assertThat(worker.texts(again.claim(), topic)).containsExactly("afterwards");
    }

    @Test
    void aSubscriptionWakesTheRetriedRunAndEndsWhenItLeaves() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"), subscribed(worker, run, topic));
        worker.leave(retried(worker, run).claim(), waitFor(topic));

        publish(broadcast(topic, "wakes"));
        assertThat(dispatch().woken()).hasSize(1);
        Claim woken = worker.claimOne(run.route()).claim();
        worker.write(woken, unsubscribe(topic));
        publish(broadcast(topic, "too late"));
        dispatch();

        assertThat(worker.texts(woken)).isEmpty();
    }

    @Test
    void whoFailsAgainIsRetriedLikeTheFirstTime() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        publish(direct(mailbox(), run.claim().id(), "direct"));
        dispatch();
        Claim claim = run.claim().seen(worker.look(run.claim()).wake());
        worker.leave(claim, fail("failure"), subscribed(worker, run, topic));
        for (int i = 0; i < 2; i++) {
            worker.leave(retried(worker, run).claim(), fail("failure " + i));
        }

        var again = retried(worker, run);
        publish(broadcast(topic, "broadcast"));
        dispatch();

        assertThat(worker.texts(again.claim())).containsExactly("direct", "broadcast");
    }

    @Test
    void whatItSubscribedToInItsLastCommitCountsToo() {
        Worker worker = worker();
        var left = topic();
        var joined = topic();
        var known = topic();
        var run = running(worker);
        worker.write(run.claim(), subscribe(left, TopicMode.BROADCAST), subscribe(known, TopicMode.BROADCAST));
        publish(broadcast(known, "unread"));
        publish(broadcast(left, "never read"));
        dispatch();
        Claim claim = run.claim().seen(worker.look(run.claim()).wake());
        worker.leave(
                claim,
                fail("failure"),
                unsubscribe(left),
                subscribe(joined, TopicMode.BROADCAST),
                subscribe(known, TopicMode.BROADCAST));
        publish(broadcast(joined, "while it was failed"));
        dispatch();

        var again = retried(worker, run);
        publish(broadcast(left, "for others"));
        publish(broadcast(joined, "joined"));
        publish(broadcast(known, "known"));
        dispatch();

        assertThat(worker.texts(again.claim())).containsExactlyInAnyOrder("unread", "joined", "known");
    }

    @Test
    void whatWasAcceptedBeforeItsFailureAndDispatchedAfterItWaitsForTheRetry() {
        Worker worker = worker();
        var run = running(worker);
        Claim sender = running(worker).claim();
        publish(direct(mailbox(), run.claim().id(), "on its way"));
        worker.leave(run.claim(), fail("failure"));
        worker.write(
                sender,
                append(0, "sent"),
                publishing(0, direct(mailbox(), run.claim().id(), "from a run")));

        var result = dispatch();

        assertThat(result.dropped()).isZero();
        assertThat(result.woken()).isEmpty();
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.FAILED);
        assertThat(Samples.texts(retried(worker, run).mailbox())).containsExactlyInAnyOrder("on its way", "from a run");
    }

    @Test
    void whoeverSendsToOneThatFailedIsRefusedAllTheSame() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"));

        assertRefused(
                commit(new Commit.Publish(direct(mailbox(), run.claim().id(), "late"))), ErrorCode.INSTANCE_ENDED);
    }

    @Test
    void aCancellationThatCameTooLateDoesNotOutlastTheFailure() throws Exception {
        Worker worker = worker();
        var run = running(worker);
        storage()
                .inTransaction(transaction -> storage()
                        .runs()
                        .commit(
                                transaction,
                                List.of(new Commit.Cancel(run.claim().id(), "late"))));
        publish(direct(mailbox(), run.claim().id(), "direct"));
        worker.leave(run.claim(), fail("failure"));

        dispatch();

        var again = retried(worker, run);
        assertThat(again.cancelReason()).isNull();
        assertThat(again.mailbox()).hasSize(1);
    }

    @Test
    void competingMessagesThatItDidNotConsumeGoToOthersAtOnceAndItCompetesAgain() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(topic), subscribe(topic, TopicMode.COMPETING));
        publish(competing(topic, "work"));
        dispatch();
        worker.leave(worker.claimOne(run.route()).claim(), fail("failure"));
        var other = running(worker);
        worker.leave(other.claim(), waitFor(topic), subscribe(topic, TopicMode.COMPETING));
        dispatch();
        assertThat(Samples.texts(worker.claimOne(other.route()).mailbox())).containsExactly("work");

        var again = retried(worker, run);
        assertThat(again.mailbox()).isEmpty();
        worker.leave(again.claim(), waitFor(topic));
        publish(competing(topic, "more work"));
        dispatch();

        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("more work");
    }

    @Test
    void whatWasKeptGoesWhenRetentionIsOver() {
        Worker worker = worker();
        var topic = topic();
        var run = running(worker);
        var message = direct(mailbox(), run.claim().id(), "unread");
        publish(message);
        dispatch();
        Claim claim = run.claim().seen(worker.look(run.claim()).wake());
        worker.leave(claim, fail("failure"), subscribed(worker, run, topic));
        Duration retention = Duration.ofDays(30);
        storage().upkeep().advanceClock(retention.plusHours(1));

        int last;
        do {
            last = storage().upkeep().purge(retention, 100);
        } while (last > 0);

        assertThat(commit(new Commit.Start(instance(claim.id(), run.route()))))
                .isInstanceOf(CommitResult.Accepted.class);
        publish(message);
        publish(broadcast(topic, "for nobody"));
        dispatch();
        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox()))
                .as("the message is as new as the instance")
                .containsExactly("unread");
    }

    /** Subscribes before the commit in which the returned change goes along, as engines do. */
    private static Change subscribed(Worker worker, ClaimedRun run, ChannelName topic) {
        worker.write(run.claim(), append(0, "subscribed"), subscribe(topic, TopicMode.BROADCAST));
        return append(1, "and then it failed");
    }

    private ClaimedRun retried(Worker worker, ClaimedRun run) {
        assertThat(commit(Samples.retry(run.claim().id()))).isInstanceOf(CommitResult.Accepted.class);
        return worker.claimOne(run.route());
    }
}
