package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.appendOpen;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.consume;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.starting;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.subscribe;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fences: a worker that lost its claim, however it lost it, writes nothing more. */
public abstract class FenceContract extends StorageContract {

    @Test
    void aZombieWritesNothingOnceTheRunIsTakenOver() {
        Worker zombie = worker();
        var lost = running(zombie);
        Claim newest = takeOver(zombie, lost).claim();
        var topic = topic();
        var subscriber = running(worker());
        zombie.write(subscriber.claim(), subscribe(topic, TopicMode.BROADCAST));
        String started = id();

        var answer = zombie.commit(
                lost.claim(),
                complete("by a zombie"),
                append(0, "by a zombie"),
                publishing(0, broadcast(topic, "by a zombie")),
                append(1, "by a zombie"),
                starting(1, instance(started, route())));

        assertThat(answer).isEqualTo(new CommitResult.Fenced());
        dispatch();
        assertThat(zombie.history(newest)).isEmpty();
        assertThat(status(newest.id())).isEqualTo(InstanceStatus.RUNNING);
        assertThat(zombie.texts(subscriber.claim())).isEmpty();
        assertThat(storage().instances().find(started)).isEmpty();
        zombie.write(newest, append(0, "by the holder"));
    }

    @Test
    void aZombieConsumesNothingAndSubscribesNothing() {
        Worker zombie = worker();
        var lost = running(zombie);
        var mailbox = mailbox();
        var topic = topic();
        publish(direct(mailbox, lost.claim().id(), "still there"));
        dispatch();
        var message = zombie.look(lost.claim()).mailbox().getFirst();
        Claim newest = takeOver(zombie, lost).claim();

        assertThat(zombie.commit(lost.claim(), null, consume(message), subscribe(topic, TopicMode.BROADCAST)))
                .isEqualTo(new CommitResult.Fenced());

        publish(broadcast(topic, "not subscribed"));
        dispatch();
        assertThat(zombie.texts(newest)).containsExactly("still there");
    }

    @Test
    void aZombieDoesNotReplaceAnOpenRecord() {
        Worker zombie = worker();
        var lost = running(zombie);
        Claim newest = takeOver(zombie, lost).claim();
        zombie.write(newest, appendOpen(0, "attempt of the holder"));

        assertThat(zombie.commit(lost.claim(), null, append(0, "by a zombie"))).isEqualTo(new CommitResult.Fenced());

        assertThat(zombie.historyTexts(newest)).containsExactly("attempt of the holder");
    }

    @Test
    void aZombieAmongOthersInABatchIsFencedAlone() {
        Worker zombie = worker();
        var lost = running(zombie);
        takeOver(zombie, lost);
        var mine = running(zombie);

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.OfRun(lost.claim(), List.of(append(0, "x")), null),
                        new Commit.OfRun(mine.claim(), List.of(append(0, "y")), complete("done"))));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Fenced.class, CommitResult.Taken.class);
        assertThat(status(mine.claim().id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void whatAnotherHolderEndedCannotBeEndedOtherwise() {
        Worker zombie = worker();
        var lost = running(zombie);
        Claim newest = takeOver(zombie, lost).claim();
        zombie.leave(newest, complete("by the holder"));

        assertThat(zombie.commit(lost.claim(), complete("by a zombie"))).isEqualTo(new CommitResult.Fenced());

        assertThat(storage()
                        .instances()
                        .outcomes(List.of(newest.id()))
                        .getFirst()
                        .payload())
                .isEqualTo(Samples.payload("by the holder"));
    }

    @Test
    void aWorkerThatLeftIsFencedAlsoBeforeAnyoneTookOver() {
        Worker gone = worker();
        var run = running(gone);
        gone.leave();

        // Nobody has claimed it yet, so only a fence that was raised with the hand-over can tell.
        assertThat(gone.commit(run.claim(), complete("too late"), append(0, "too late")))
                .isEqualTo(new CommitResult.Fenced());

        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.READY);
        assertThat(gone.history(run.claim())).isEmpty();
    }

    @Test
    void aSuspendedRunTakesNoMoreStepsFromTheWorkerThatSuspendedIt() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(mailbox()), append(0, "before"));

        worker.commit(run.claim(), null, append(1, "after"));

        assertThat(worker.historyTexts(run.claim())).containsExactly("before");
        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.WAITING);
    }

    @Test
    void aClaimThatIsHeldAgainByTheSameWorkerFencesItsOlderOne() {
        Worker worker = worker();
        var older = running(worker);
        worker.leave(older.claim(), release());
        var newer = worker.claimOne(older.route());

        assertThat(worker.commit(older.claim(), null, append(0, "old"))).isEqualTo(new CommitResult.Fenced());
        worker.write(newer.claim(), append(0, "new"));

        assertThat(worker.historyTexts(newer.claim())).containsExactly("new");
    }

    @Test
    void aRetryFencesTheClaimThatFailed() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), stick("diagnosis"));
        commit(Samples.retry(run.claim().id()));

        assertThat(worker.commit(run.claim(), stick("diagnosis"))).isEqualTo(new CommitResult.Fenced());

        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void aClaimThatNeverWasIsFenced() {
        Worker worker = worker();
        Claim real = running(worker).claim();

        assertThat(worker.commit(new Claim(Long.MAX_VALUE, id(), 1, 0), null, append(0, "x")))
                .isEqualTo(new CommitResult.Fenced());
        assertThat(worker.commit(new Claim(real.run(), real.id(), real.fence() + 1, 0), null, append(0, "x")))
                .isEqualTo(new CommitResult.Fenced());

        assertThat(worker.history(real)).isEmpty();
    }

    @Test
    void aLostClaimSeesNothingWhenItLooks() {
        Worker zombie = worker();
        var lost = running(zombie);
        takeOver(zombie, lost);
        var suspended = running(zombie);
        zombie.leave(suspended.claim(), sleep(Duration.ofHours(1)));

        assertThat(storage().runs().look(lost.claim(), Set.of())).isEmpty();
        assertThat(storage().runs().look(suspended.claim(), Set.of())).isEmpty();
    }

    @Test
    void anotherStorageOnTheSameDatabaseFencesAsWell() {
        Worker zombie = worker();
        var lost = running(zombie);
        zombie.leave(lost.claim(), release());
        try (var elsewhere = under().another()) {
            Worker other = Worker.join(elsewhere);
            var newest = other.claimOne(lost.route());

            assertThat(zombie.commit(lost.claim(), null, append(0, "x"))).isEqualTo(new CommitResult.Fenced());
            other.leave(newest.claim(), complete("done"));
            other.leave();
        }
        assertThat(status(lost.claim().id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    /** Lets another worker have the run, which the first one does not notice. */
    private ClaimedRun takeOver(Worker from, ClaimedRun run) {
        Worker thief = worker();
        from.leave(run.claim().seen(from.look(run.claim()).wake()), release());
        return thief.claimOne(run.route());
    }
}
