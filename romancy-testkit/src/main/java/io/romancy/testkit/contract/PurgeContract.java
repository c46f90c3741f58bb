package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.competing;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Retention: what ended long ago goes, and what is still to be read stays. */
public abstract class PurgeContract extends StorageContract {

    private static final Duration RETENTION = Duration.ofDays(30);

    @Test
    void whatEndedLongAgoIsDeletedWithAllThatBelongsToIt() {
        Worker worker = worker();
        List<Claim> ended = new ArrayList<>();
        for (Transition end : List.of(complete("done"), fail("failed"), new Transition.Cancelled(payload("stopped")))) {
            Claim claim = running(worker).claim();
            worker.leave(claim, end, append(0, "a"), append(1, "b"));
            ended.add(claim);
        }
        letRetentionPass();

        purgeAll();

        assertThat(ended).allSatisfy(claim -> {
            assertThat(storage().instances().find(claim.id())).isEmpty();
            assertThat(storage().instances().outcomes(List.of(claim.id()))).isEmpty();
            assertThat(storage().instances().input(claim.id())).isEmpty();
            assertThat(worker.history(claim)).isEmpty();
            assertThat(worker.commit(claim, null, append(2, "late"))).isEqualTo(new CommitResult.Fenced());
        });
    }

    @Test
    void whatEndedLatelyIsKept() {
        Worker worker = worker();
        letRetentionPass();
        Claim claim = running(worker).claim();
        worker.leave(claim, complete("done"), append(0, "a"));

        purgeAll();

        assertThat(status(claim.id())).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(worker.history(claim)).hasSize(1);
    }

    @Test
    void whatHasNotEndedIsKeptHoweverOldItIs() {
        Worker worker = worker();
        String ready = start(route());
        Claim running = running(worker).claim();
        Claim waiting = running(worker).claim();
        Claim sleeping = running(worker).claim();
        Claim stuck = running(worker).claim();
        worker.leave(waiting, waitFor(mailbox()), append(0, "a"));
        worker.leave(sleeping, sleep(Duration.ofDays(3650)));
        worker.leave(stuck, stick("diagnosis"));
        letRetentionPass();

        purgeAll();

        assertThat(status(ready)).isEqualTo(InstanceStatus.READY);
        assertThat(status(running.id())).isEqualTo(InstanceStatus.RUNNING);
        assertThat(status(waiting.id())).isEqualTo(InstanceStatus.WAITING);
        assertThat(status(sleeping.id())).isEqualTo(InstanceStatus.WAITING);
        assertThat(status(stuck.id())).isEqualTo(InstanceStatus.STUCK);
        assertThat(worker.history(waiting)).hasSize(1);
    }

    @Test
    void anIdThatIsUsedAgainIsANewRunWithoutHistory() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), complete("done"), append(0, "old"));
        letRetentionPass();
        purgeAll();

        var answer = commit(new Commit.Start(instance(run.claim().id(), run.route(), "other", null)));

        assertThat(answer).isInstanceOf(CommitResult.Accepted.class);
        var again = worker.claimOne(run.route());
        assertThat(again.claim().run()).isGreaterThan(run.claim().run());
        assertThat(again.history()).isEmpty();
        assertThat(worker.commit(run.claim(), null, append(0, "zombie"))).isEqualTo(new CommitResult.Fenced());
    }

    @Test
    void aMessageThatLiesUnreadIsKeptHoweverOldItIs() {
        Worker worker = worker();
        var topic = topic();
        Claim claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        publish(direct(mailbox(), claim.id(), "direct"));
        publish(broadcast(topic, "broadcast"));
        dispatch();
        letRetentionPass();

        purgeAll();

        assertThat(worker.texts(claim)).containsExactlyInAnyOrder("direct", "broadcast");
    }

    @Test
    void aMessageThatIsNotDispatchedIsKeptHoweverOldItIs() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        publish(direct(mailbox(), claim.id(), "on its way"));
        letRetentionPass();

        purgeAll();
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("on its way");
    }

    @Test
    void aCompetingMessageThatNobodyReceivedIsKeptHoweverOldItIs() {
        Worker worker = worker();
        var topic = topic();
        publish(competing(topic, "work"));
        dispatch();
        letRetentionPass();

        purgeAll();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(topic), subscribe(topic, TopicMode.COMPETING));
        dispatch();

        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("work");
    }

    @Test
    void aMessageThatWasConsumedLongAgoIsForgottenWithItsUid() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var message = direct(mailbox(), claim.id(), "once a month");
        publish(message);
        dispatch();
        worker.write(claim, consume(worker.look(claim).mailbox().getFirst()));
        publish(message);
        dispatch();
        assertThat(worker.texts(claim)).as("before its retention").isEmpty();
        letRetentionPass();

        purgeAll();
        publish(message);
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("once a month");
    }

    @Test
    void aMessageThatWasConsumedLatelyIsRememberedByItsUid() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        letRetentionPass();
        var message = direct(mailbox(), claim.id(), "once");
        publish(message);
        dispatch();
        worker.write(claim, consume(worker.look(claim).mailbox().getFirst()));

        purgeAll();
        publish(message);
        dispatch();

        assertThat(worker.texts(claim)).isEmpty();
    }

    @Test
    void aPurgeIsBoundedAndTellsHowMuchWent() {
        Worker worker = worker();
        letRetentionPass();
        purgeAll();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Claim claim = running(worker).claim();
            worker.leave(claim, complete("done"));
            ids.add(claim.id());
        }
        letRetentionPass();

        int first = storage().upkeep().purge(RETENTION, 2);

        assertThat(first).isBetween(2, 4);
        assertThat(ids)
                .filteredOn(id -> storage().instances().find(id).isPresent())
                .hasSizeGreaterThanOrEqualTo(3);
        purgeAll();
        assertThat(ids)
                .filteredOn(id -> storage().instances().find(id).isPresent())
                .isEmpty();
        assertThat(storage().upkeep().purge(RETENTION, 2)).isZero();
    }

    @Test
    void whatAPurgeTellsCountsTheRecordsOfHistories() {
        Worker worker = worker();
        letRetentionPass();
        purgeAll();
        Claim claim = running(worker).claim();
        worker.write(
                claim, IntStream.range(0, 50).mapToObj(i -> append(i, "step")).toArray(Change[]::new));
        worker.leave(claim, complete("done"));
        letRetentionPass();

        assertThat(storage().upkeep().purge(RETENTION, 1))
                .as("a caller who repeats while there are many repeats after long histories too")
                .isGreaterThanOrEqualTo(50);
        assertThat(storage().instances().find(claim.id())).isEmpty();
    }

    private void letRetentionPass() {
        storage().upkeep().advanceClock(RETENTION.plusHours(1));
    }

    private void purgeAll() {
        int last;
        do {
            last = storage().upkeep().purge(RETENTION, 100);
        } while (last > 0);
    }
}
