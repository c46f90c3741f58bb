package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.FAILED_STEP;
import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Retry: an instance that stopped with a problem goes on where it stopped. */
public abstract class RetryContract extends StorageContract {

    @Test
    void aStuckInstanceGoesOnWithItsWholeHistory() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), stick("diagnosis"), append(0, "a"), failedStep(1));

        retry(run.claim().id());

        assertThat(status(run.claim().id())).isEqualTo(InstanceStatus.READY);
        assertThat(storage().instances().outcomes(List.of(run.claim().id())))
                .containsExactly(new Outcome(run.claim().id(), InstanceStatus.READY, null));
        var again = worker.claimOne(run.route());
        assertThat(again.claim().fence()).isGreaterThan(run.claim().fence());
        assertThat(again.history()).extracting(step -> step.position()).containsExactly(0, 1);
        worker.leave(again.claim(), complete("done"), append(2, "c"));
    }

    @Test
    void aFailedInstanceLosesItsFailedStepAndRunsItAgain() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"), append(0, "a"), failedStep(1), append(2, "c"), failedStep(3));

        retry(run.claim().id());

        assertThat(info(run.claim().id()).endedAt()).isNull();
        var again = worker.claimOne(run.route());
        assertThat(again.history()).extracting(step -> step.position()).containsExactly(0, 1, 2);
        worker.leave(again.claim(), complete("done"), append(3, "now it worked"));
        assertThat(worker.historyTexts(again.claim())).endsWith("now it worked");
    }

    @Test
    void aFailedInstanceWhoseLastStepDidNotFailKeepsItsHistory() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure of the workflow itself"), failedStep(0), append(1, "b"));

        retry(run.claim().id());

        assertThat(worker.claimOne(run.route()).history())
                .extracting(step -> step.position())
                .containsExactly(0, 1);
    }

    @Test
    void aFailedInstanceWithoutHistoryGoesOnToo() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("at once"));

        retry(run.claim().id());

        assertThat(worker.claimOne(run.route()).history()).isEmpty();
    }

    @Test
    void anInstanceThatWasRetriedCanBeSentTo() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"));
        retry(run.claim().id());

        publish(direct(mailbox(), run.claim().id(), "welcome back"));
        dispatch();

        assertThat(Samples.texts(worker.claimOne(run.route()).mailbox())).containsExactly("welcome back");
    }

    @Test
    void aFailedInstanceThatUndidWhatItDidIsNotRetried() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"), failedStep(0), compensation(1));
        var before = info(run.claim().id());

        assertRefused(commit(Samples.retry(run.claim().id())), ErrorCode.COMPENSATED);

        assertThat(info(run.claim().id())).isEqualTo(before);
        assertThat(worker.history(run.claim())).hasSize(2);
    }

    @Test
    void aStuckInstanceThatWasUndoingGoesOn() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), stick("diagnosis"), append(0, "a"), compensation(1));

        retry(run.claim().id());

        assertThat(worker.claimOne(run.route()).history()).hasSize(2);
    }

    @Test
    void theLastRecordIsTheOneAtTheLastPositionWhateverWasWrittenLast() {
        Worker worker = worker();
        var run = running(worker);
        assertThat(info(run.claim().id()).lastKind()).isZero();

        worker.write(run.claim(), append(0, "a"), open(1), compensation(2));
        worker.write(run.claim(), failedStep(1));

        assertThat(info(run.claim().id()).lastKind()).isEqualTo(StepRecord.COMPENSATION);
        assertThat(storage().instances().list(allOf(run.route())))
                .singleElement()
                .satisfies(listed -> assertThat(listed.lastKind()).isEqualTo(StepRecord.COMPENSATION));
    }

    private static InstanceQuery allOf(Route route) {
        return new InstanceQuery(route.workflow(), Set.of(), null, Long.MAX_VALUE, 10);
    }

    static Stream<Transition> otherStates() {
        return Stream.of(
                complete("done"),
                new Transition.Cancelled(payload("stopped")),
                waitFor(new ChannelName(ChannelName.Kind.MAILBOX, "payments")),
                Samples.release());
    }

    @ParameterizedTest
    @MethodSource("otherStates")
    void inEveryOtherStateARetryIsRefused(Transition transition) {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), transition, failedStep(0));
        var before = info(run.claim().id());

        assertRefused(commit(Samples.retry(run.claim().id())), ErrorCode.RETRY_REFUSED);

        assertThat(info(run.claim().id())).isEqualTo(before);
        assertThat(worker.history(run.claim())).hasSize(1);
    }

    @Test
    void aRunningInstanceIsNotRetried() {
        Worker worker = worker();
        var claim = running(worker).claim();

        assertRefused(commit(Samples.retry(claim.id())), ErrorCode.RETRY_REFUSED);

        worker.leave(claim, complete("undisturbed"));
    }

    @Test
    void aRetryThatIsSentAgainIsAcceptedAgainAndChangesNothing() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure"), failedStep(0));
        var retry = Samples.retry(run.claim().id(), "key");
        assertThat(commit(retry)).isInstanceOf(CommitResult.Accepted.class);

        assertThat(commit(retry)).as("while it is READY").isInstanceOf(CommitResult.Accepted.class);
        var again = worker.claimOne(run.route());
        assertThat(commit(retry)).as("while it is RUNNING").isInstanceOf(CommitResult.Accepted.class);
        worker.leave(again.claim(), fail("failed again"), failedStep(0));
        var failed = info(run.claim().id());
        assertThat(commit(retry)).as("when it has failed again").isInstanceOf(CommitResult.Accepted.class);

        assertThat(info(run.claim().id())).isEqualTo(failed);
        assertThat(worker.history(again.claim())).hasSize(1);
        retry(run.claim().id());
        assertThat(status(run.claim().id())).as("another request").isEqualTo(InstanceStatus.READY);
    }

    @Test
    void anInstanceThatNobodyKnowsCannotBeRetried() {
        assertRefused(commit(Samples.retry(id())), ErrorCode.INSTANCE_NOT_FOUND);
    }

    @Test
    void aRetryInsideATransactionIsRefused() throws Exception {
        Worker worker = worker();
        var claim = running(worker).claim();
        worker.leave(claim, stick("diagnosis"));

        var answers = storage()
                .inTransaction(transaction -> storage().runs().commit(transaction, List.of(Samples.retry(claim.id()))));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Refused.class);
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.STUCK);
    }

    private static Change failedStep(int position) {
        return new Change.Append(Samples.step(position, FAILED_STEP, "failed"));
    }

    private static Change open(int position) {
        return new Change.Append(Samples.step(position, -1, "begun"));
    }

    private static Change compensation(int position) {
        return new Change.Append(Samples.step(position, StepRecord.COMPENSATION, "undone"));
    }

    private void retry(String id) {
        assertThat(commit(Samples.retry(id))).isInstanceOf(CommitResult.Accepted.class);
    }
}
