package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cancellation: a request that the run notices, whatever it does, and that never stops it from the side. */
public abstract class CancelContract extends StorageContract {

    @Test
    void aWaitingRunBecomesReadyAndIsTold() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), sleep(Duration.ofDays(30), mailbox()));

        cancel(run.claim().id(), "changed my mind");

        assertThat(info(run.claim().id()).status()).isEqualTo(InstanceStatus.READY);
        assertThat(info(run.claim().id()).cancelReason()).isEqualTo("changed my mind");
        assertThat(worker.claimOne(run.route()).cancelReason()).isEqualTo("changed my mind");
    }

    @Test
    void aRunThatWaitsForNothingButMessagesBecomesReadyAsWell() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(mailbox()));

        cancel(run.claim().id(), "enough");

        assertThat(worker.claimIds(10, run.route())).containsExactly(run.claim().id());
    }

    @Test
    void aStuckRunBecomesReadySoThatItCanEnd() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), new Transition.Stick(payload("no idea")));

        cancel(run.claim().id(), "give it up");

        assertThat(worker.claimOne(run.route()).cancelReason()).isEqualTo("give it up");
    }

    @Test
    void aRunThatIsStuckAfterItWasCancelledBecomesReadyAgain() throws Exception {
        Worker worker = worker();
        var run = running(worker);
        String id = run.claim().id();
        cancel(id, "first");
        stick(worker, run.claim());

        cancel(id, "second");

        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
        var again = worker.claimOne(run.route());
        assertThat(again.cancelReason()).isEqualTo("first");
        stick(worker, again.claim());

        storage()
                .inTransaction(
                        transaction -> storage().runs().commit(transaction, List.of(new Commit.Cancel(id, "third"))));

        assertThat(dispatch().woken()).contains(new DispatchResult.Woken(id, run.route()));
        assertThat(worker.claimOne(run.route()).cancelReason()).isEqualTo("first");
    }

    private static void stick(Worker worker, Claim claim) {
        worker.leave(claim.seen(worker.look(claim).wake()), new Transition.Stick(payload("no idea")));
    }

    @Test
    void aRunningOneKeepsItsClaimAndIsToldWithItsNextCommit() {
        Worker worker = worker();
        var claim = running(worker).claim();

        cancel(claim.id(), "stop");

        var taken = worker.write(claim, append(0, "what was in flight is recorded"));
        assertThat(taken.cancelReason()).isEqualTo("stop");
        assertThat(taken.wake()).isGreaterThan(claim.wake());
        assertThat(worker.look(claim).cancelReason()).isEqualTo("stop");
        assertThat(storage().nodes().owned(worker.node(), 0, 10))
                .containsExactly(new OwnedRun(claim.seen(taken.wake()), "stop"));
    }

    @Test
    void anAcceptedCancellationIsSeenBeforeTheRunCanComplete() {
        Worker worker = worker();
        var claim = running(worker).claim();
        cancel(claim.id(), "stop");

        assertThat(worker.commit(claim, complete("done"))).isInstanceOf(CommitResult.Moved.class);

        worker.leave(claim.seen(worker.look(claim).wake()), new Transition.Cancelled(payload("stop")));
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.CANCELLED);
    }

    @Test
    void aReadyRunStaysReadyAndIsToldWhenItIsClaimed() {
        var route = route();
        String id = start(route);

        cancel(id, "before it began");

        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
        assertThat(worker().claimOne(route).cancelReason()).isEqualTo("before it began");
    }

    @Test
    void theFirstReasonIsKept() {
        Worker worker = worker();
        var run = running(worker);
        cancel(run.claim().id(), "first");
        long wake = worker.look(run.claim()).wake();

        cancel(run.claim().id(), "second");

        assertThat(worker.look(run.claim()).cancelReason()).isEqualTo("first");
        assertThat(worker.look(run.claim()).wake()).as("nothing new to see").isEqualTo(wake);
    }

    @Test
    void aRunThatWaitsAgainAfterItSawTheRequestIsLeftInPeace() {
        Worker worker = worker();
        var run = running(worker);
        cancel(run.claim().id(), "stop");
        var seen = run.claim().seen(worker.look(run.claim()).wake());
        worker.leave(seen, sleep(Duration.ofHours(1)), append(0, "compensating, with a pause"));

        cancel(run.claim().id(), "stop, I said");

        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.WAITING);
        assertThat(worker.claimIds(10, run.route())).isEmpty();
    }

    @Test
    void theReasonStaysWithTheRunToItsEnd() {
        Worker worker = worker();
        var claim = running(worker).claim();
        cancel(claim.id(), "stop");
        worker.leave(claim.seen(worker.look(claim).wake()), new Transition.Cancelled(payload("stopped")));

        assertThat(info(claim.id()).cancelReason()).isEqualTo("stop");
    }

    @Test
    void anInstanceThatHasEndedCannotBeCancelled() {
        Worker worker = worker();
        var claim = running(worker).claim();
        worker.leave(claim, complete("done"));

        assertRefused(commit(new Commit.Cancel(claim.id(), "late")), ErrorCode.INSTANCE_ENDED);

        assertThat(info(claim.id()).cancelReason()).isNull();
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void anInstanceThatNobodyKnowsCannotBeCancelled() {
        assertRefused(commit(new Commit.Cancel(id(), "who?")), ErrorCode.INSTANCE_NOT_FOUND);
    }

    @Test
    void aCancellationInsideATransactionComesWithItsCommitAndDispatch() throws Exception {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(mailbox()));
        dispatch();

        var answers = storage()
                .inTransaction(transaction -> storage()
                        .runs()
                        .commit(
                                transaction,
                                List.of(new Commit.Cancel(run.claim().id(), "in a transaction"))));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Accepted.class);
        var result = dispatch();
        assertThat(result.woken()).contains(new DispatchResult.Woken(run.claim().id(), run.route()));
        assertThat(worker.claimOne(run.route()).cancelReason()).isEqualTo("in a transaction");
    }

    @Test
    void aCancellationThatIsDispatchedAfterTheEndIsDropped() throws Exception {
        Worker worker = worker();
        var claim = running(worker).claim();
        dispatch();
        storage()
                .inTransaction(transaction ->
                        storage().runs().commit(transaction, List.of(new Commit.Cancel(claim.id(), "late"))));
        worker.leave(claim, complete("done"));

        dispatch();

        assertThat(status(claim.id())).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(info(claim.id()).cancelReason()).isNull();
    }

    @Test
    void aCancellationInsideATransactionThatRollsBackIsNone() throws Exception {
        Worker worker = worker();
        var claim = running(worker).claim();
        storage().inTransaction(transaction -> {
            transaction.rollbackOnly();
            return storage().runs().commit(transaction, List.of(new Commit.Cancel(claim.id(), "no")));
        });

        dispatch();

        assertThat(worker.look(claim).cancelReason()).isNull();
        worker.leave(claim, complete("done"));
    }

    private void cancel(String id, String reason) {
        assertThat(commit(new Commit.Cancel(id, reason))).isInstanceOf(CommitResult.Accepted.class);
    }
}
