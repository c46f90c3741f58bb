package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.OwnedRun;
import io.romancy.spi.Relapse;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Leases: a worker that lives keeps its runs, and those of one that died go to others. */
public abstract class LeaseContract extends StorageContract {

    @Test
    void aLivingNodeProlongsItsLease() {
        Worker worker = worker();

        var renewal = storage().nodes().renew(worker.node(), Duration.ofMinutes(30));

        assertThat(renewal.held()).isTrue();
        assertThat(worker.claim(1, route()).runs()).isEmpty();
    }

    @Test
    void aNodeThatNeverJoinedHoldsNothing() {
        assertThat(storage()
                        .nodes()
                        .renew(new NodeId(UUID.randomUUID()), Duration.ofMinutes(1))
                        .held())
                .isFalse();
    }

    @Test
    void aNodeThatLeftHoldsNothing() {
        Worker worker = worker();
        worker.leave();

        assertThat(storage().nodes().renew(worker.node(), Duration.ofMinutes(1)).held())
                .isFalse();
    }

    @Test
    void aLeaseThatEndedIsLostForGood() {
        Route route = route();
        start(route);
        Worker late = Worker.join(storage(), Duration.ZERO);

        assertThat(storage().nodes().renew(late.node(), Duration.ofMinutes(30)).held())
                .isFalse();
        assertThat(storage().nodes().renew(late.node(), Duration.ofMinutes(30)).held())
                .isFalse();
        assertThat(late.claimIds(10, route)).isEmpty();
    }

    @Test
    void aRenewalTellsWhenTheNextOfTheOthersEnds() {
        Worker worker = worker();
        Worker other = Worker.join(storage(), Duration.ofMinutes(10));

        var next =
                storage().nodes().renew(worker.node(), Duration.ofMinutes(30)).nextExpiryIn();

        assertThat(next).isNotNull().isLessThanOrEqualTo(Duration.ofMinutes(10));
        other.leave();
    }

    @Test
    void aRenewalTellsAtOnceThatAnotherHasEnded() {
        Worker worker = worker();
        var dead = (CommitResult.Born) commit(new Commit.Start(instance(
                id(), route(), "input", Worker.join(storage(), Duration.ZERO).node())));
        assertThat(dead.claim().fence()).isPositive();

        var next =
                storage().nodes().renew(worker.node(), Duration.ofMinutes(30)).nextExpiryIn();

        assertThat(next).isEqualTo(Duration.ZERO);
    }

    /** Looks at the whole database: no other worker may use it now. */
    @Test
    void theOnlyNodeWaitsForNobodysEnd() {
        Worker worker = worker();

        Crowd.await("the dead are forgotten", () -> {
            reapAll();
            return storage()
                            .nodes()
                            .renew(worker.node(), Duration.ofMinutes(30))
                            .nextExpiryIn()
                    == null;
        });
    }

    @Test
    void whatADeadWorkerRanBecomesReadyForOthersAndItIsFenced() {
        Route route = route();
        String id = start(route);
        Worker dying = Worker.join(storage(), Duration.ofSeconds(1));
        ClaimedRun lost = dying.claimOne(route);
        dying.write(lost.claim(), append(0, "what it had done"));

        Crowd.await("the run of the dead worker is reaped", () -> {
            reapAll();
            return status(id) == InstanceStatus.READY;
        });

        assertThat(dying.commit(lost.claim(), complete("from the grave"), append(1, "from the grave")))
                .isEqualTo(new CommitResult.Fenced());
        assertThat(info(id).owner()).isNull();
        var taken = worker().claimOne(route);
        assertThat(taken.claim().fence()).isGreaterThan(lost.claim().fence());
        assertThat(taken.history())
                .extracting(step -> Samples.text(step.body()))
                .containsExactly("what it had done");
        assertThat(storage().nodes().renew(dying.node(), Duration.ofMinutes(30)).held())
                .isFalse();
    }

    @Test
    void reapingLeavesTheRunsOfTheLivingAlone() {
        Worker worker = worker();
        var run = running(worker);

        reapAll();

        worker.leave(run.claim(), complete("undisturbed"));
    }

    @Test
    void reapingIsBoundedAndTellsHowMany() {
        Route route = route();
        NodeId nobody = new NodeId(UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            commit(new Commit.Start(instance(id(), route, "input", nobody)));
        }

        List<Integer> reaped = new ArrayList<>();
        do {
            reaped.add(storage().nodes().reap(2).runs());
        } while (reaped.getLast() > 0);

        assertThat(reaped)
                .startsWith(2, 2)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2));
        assertThat(worker().claimIds(10, route)).hasSize(5);
    }

    @Test
    void aRunThatIsLostAgainAndAgainPausesUntilItIsCancelled() {
        Route route = route();
        String id = lostBefore(route);
        loseTheRunOf(route);
        assertThat(status(id)).as("twice").isEqualTo(InstanceStatus.READY);

        for (int seconds : List.of(10, 20)) {
            var relapses = loseTheRunOf(route);

            assertThat(relapses).singleElement().satisfies(relapse -> {
                assertThat(relapse.id()).isEqualTo(id);
                assertThat(relapse.pause()).hasSeconds(seconds);
            });
            assertThat(status(id)).isEqualTo(InstanceStatus.WAITING);
            Worker next = worker();
            assertThat(next.claimIds(10, route)).isEmpty();
            storage().upkeep().advanceClock(Duration.ofSeconds(seconds - 5));
            assertThat(next.claim(10, route).nextDueIn()).isPositive();
            storage().upkeep().advanceClock(Duration.ofSeconds(5));
        }
        loseTheRunOf(route);
        commit(new Commit.Cancel(id, "it ends whoever runs it"));

        assertThat(worker().claimOne(route).cancelReason()).isEqualTo("it ends whoever runs it");
    }

    @Test
    void aRecordBeginsTheCountOfLossesAnew() {
        Route route = route();
        String id = lostBefore(route);
        loseTheRunOf(route, append(0, "a step further"));
        loseTheRunOf(route);
        assertThat(status(id)).as("twice since this record").isEqualTo(InstanceStatus.READY);

        assertThat(loseTheRunOf(route))
                .as("three times since this record")
                .extracting(Relapse::times)
                .containsExactly(3);
    }

    @Test
    void whoeverLeavesOrderlyIsNoLoss() {
        Route route = route();
        String id = lostBefore(route);
        for (int i = 0; i < 3; i++) {
            Worker worker = worker();
            worker.claimOne(route);
            worker.leave();
        }

        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
    }

    /** Starts an instance that is taken from somebody for the first time already. */
    private String lostBefore(Route route) {
        String id = id();
        commit(new Commit.Start(instance(id, route, "input", new NodeId(UUID.randomUUID()))));
        reapAll();
        return id;
    }

    /** Somebody claims it, writes this, and is seen no more; what is taken from him are the relapses among all that are reaped. */
    private List<Relapse> loseTheRunOf(Route route, Change... written) {
        Worker dying = Worker.join(storage(), Duration.ofSeconds(1));
        var claim = dying.claimOne(route).claim();
        if (written.length > 0) {
            dying.write(claim, written);
        }
        List<Relapse> relapses = new ArrayList<>();
        Crowd.await("the run of the dead worker is reaped", () -> {
            storage().nodes().reap(100).relapses().stream()
                    .filter(relapse -> relapse.id().equals(claim.id()))
                    .forEach(relapses::add);
            return info(claim.id()).owner() == null;
        });
        return relapses;
    }

    @Test
    void messagesAndCancellationSurviveTheTakeOver() {
        Route route = route();
        String id = id();
        NodeId nobody = new NodeId(UUID.randomUUID());
        commit(new Commit.Start(instance(id, route, "input", nobody)));
        publish(direct(mailbox(), id, "unread"));
        dispatch();
        commit(new Commit.Cancel(id, "stop"));

        reapAll();

        var taken = worker().claimOne(route);
        assertThat(Samples.texts(taken.mailbox())).containsExactly("unread");
        assertThat(taken.cancelReason()).isEqualTo("stop");
    }

    @Test
    void whoLeavesHandsOverAtOnce() {
        Worker leaving = worker();
        var one = running(leaving);
        var two = running(leaving);
        Worker other = worker();

        leaving.leave();

        assertThat(other.claimIds(10, one.route(), two.route()))
                .containsExactlyInAnyOrder(one.claim().id(), two.claim().id());
        assertThat(storage().nodes().owned(leaving.node(), 0, 10)).isEmpty();
    }

    @Test
    void leavingTwiceOrUnknownIsNoMatter() {
        Worker worker = worker();
        worker.leave();
        worker.leave();
        storage().nodes().leave(new NodeId(UUID.randomUUID()));

        assertThat(storage().nodes().owned(worker.node(), 0, 10)).isEmpty();
    }

    @Test
    void aNodeFindsWhatItOwnsPageByPage() {
        Worker worker = worker();
        Route route = route();
        for (int i = 0; i < 5; i++) {
            start(route);
        }
        var runs = new ArrayList<>(worker.claim(5, route).runs());
        runs.sort(Comparator.comparingLong(run -> run.claim().run()));
        List<OwnedRun> expected = runs.stream()
                .map(run -> new OwnedRun(run.claim(), run.cancelReason()))
                .toList();

        var first = storage().nodes().owned(worker.node(), 0, 3);
        var second =
                storage().nodes().owned(worker.node(), first.getLast().claim().run(), 3);

        assertThat(first).isEqualTo(expected.subList(0, 3));
        assertThat(second).isEqualTo(expected.subList(3, 5));
    }

    @Test
    void whatANodeLetGoItOwnsNoMore() {
        Worker worker = worker();
        var kept = running(worker);
        var released = running(worker);
        worker.leave(released.claim(), release());

        assertThat(storage().nodes().owned(worker.node(), 0, 10))
                .extracting(owned -> owned.claim().id())
                .containsExactly(kept.claim().id());
    }

    @Test
    void whatANodeOwnsShowsTheEventsThatItHasNotSeen() {
        Worker worker = worker();
        var claim = running(worker).claim();
        publish(direct(mailbox(), claim.id(), "unseen"));
        dispatch();

        assertThat(storage().nodes().owned(worker.node(), 0, 10))
                .singleElement()
                .satisfies(owned -> {
                    assertThat(owned.claim().fence()).isEqualTo(claim.fence());
                    assertThat(owned.claim().wake()).isGreaterThan(claim.wake());
                });
    }
}
