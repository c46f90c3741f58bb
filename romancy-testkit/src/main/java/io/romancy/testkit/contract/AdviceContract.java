package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.appendOpen;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine says of what it expects is advice: a storage may take a cheaper way for it, and comes to the same. */
public abstract class AdviceContract extends StorageContract {

    @Test
    void whatIsTheFirstIsWritten() {
        Worker worker = worker();
        Route route = route();
        var born = (CommitResult.Born) commit(new Commit.Start(instance(id(), route, "input", worker.node()), true));

        var open =
                worker.write(born.claim(), first(0, "a"), new Change.Append(Samples.step(1, Samples.OPEN, "b"), true));
        worker.leave(born.claim(), complete("done"), append(1, "closed"), first(2, "c"));

        assertThat(open.at()).isAfterOrEqualTo(born.at());
        assertThat(worker.historyTexts(born.claim())).containsExactly("a", "closed", "c");
        assertThat(status(born.claim().id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void anIdThatExistsIsFoundAndTheOthersOfTheBatchAreStarted() {
        Route route = route();
        String taken = start(route);
        String fresh = id();

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.Start(instance(taken, route), true),
                        new Commit.Start(instance(fresh, route), true),
                        new Commit.Start(instance(taken, route, "other", null), true)));

        assertThat(answers.get(0)).isEqualTo(new CommitResult.Existing());
        assertThat(answers.get(1)).isInstanceOf(CommitResult.Accepted.class);
        assertRefused(answers.get(2), ErrorCode.START_CONFLICT);
        assertThat(worker().claimIds(10, route)).containsExactlyInAnyOrder(taken, fresh);
    }

    @Test
    void anOpenRecordGivesWayAndAClosedOneStays() {
        Worker worker = worker();
        var claim = running(worker).claim();
        worker.write(claim, appendOpen(0, "attempt"), append(1, "the truth"));

        worker.write(claim, first(0, "done"), first(1, "another"), first(2, "next"));

        assertThat(worker.historyTexts(claim)).containsExactly("done", "the truth", "next");
    }

    @Test
    void aRecordThatIsThereHoldsNobodyElseUp() {
        Worker worker = worker();
        var repeating = running(worker).claim();
        var other = running(worker).claim();
        worker.write(repeating, appendOpen(0, "attempt"));

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.OfRun(repeating, List.of(first(0, "done")), complete("done")),
                        new Commit.OfRun(other, List.of(first(0, "the other")), complete("done"))));

        assertThat(answers).allMatch(CommitResult.Taken.class::isInstance);
        assertThat(worker.historyTexts(repeating)).containsExactly("done");
        assertThat(worker.historyTexts(other)).containsExactly("the other");
        assertThat(status(repeating.id())).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(status(other.id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void whatIsSentAgainActsOnceAndIsAnsweredAsBefore() {
        Worker worker = worker();
        var going = running(worker).claim();
        var ending = running(worker).claim();
        Route started = route();
        List<Commit> batch = List.of(
                new Commit.OfRun(going, List.of(first(0, "a"), Samples.starting(0, instance(id(), started))), null),
                new Commit.OfRun(ending, List.of(first(0, "b")), complete("done")),
                new Commit.Start(instance(id(), started), true));

        List<CommitResult> before = storage().runs().commit(batch);
        List<CommitResult> again = storage().runs().commit(batch);

        assertThat(again.subList(0, 2)).as("the same times").isEqualTo(before.subList(0, 2));
        assertThat(again.get(2)).isEqualTo(new CommitResult.Existing());
        assertThat(worker.claimIds(10, started)).hasSize(2);
        assertThat(worker.historyTexts(going)).containsExactly("a");
    }

    @Test
    void inTheApplicationsTransactionItSpoilsNothing() throws Exception {
        Worker worker = worker();
        Route route = route();
        String taken = start(route);
        var claim = running(worker).claim();
        worker.write(claim, appendOpen(0, "attempt"));

        var answers = storage()
                .inTransaction(transaction -> storage()
                        .runs()
                        .commit(
                                transaction,
                                List.of(
                                        new Commit.Start(instance(taken, route), true),
                                        new Commit.OfRun(claim, List.of(first(0, "done")), null))));

        assertThat(answers.getFirst()).isEqualTo(new CommitResult.Existing());
        assertThat(worker.historyTexts(claim)).containsExactly("done");
    }

    @Test
    void aClaimWithoutHistoriesLosesNone() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), release(), append(0, "a"), append(1, "b"));
        String fresh = start(run.route());

        var request = new ClaimRequest(worker.node(), List.of(run.route()), 10, false);
        var claimed = storage().runs().claim(request).runs();

        assertThat(claimed).hasSize(2).allSatisfy(one -> {
            var history = one.historyComplete() ? one.history() : worker.history(one.claim());
            assertThat(history)
                    .extracting(step -> Samples.text(step.body()))
                    .isEqualTo(one.claim().id().equals(fresh) ? List.of() : List.of("a", "b"));
        });
        assertThat(claimed)
                .filteredOn(one -> one.claim().id().equals(fresh))
                .singleElement()
                .satisfies(one -> assertThat(one.historyComplete())
                        .as("what never ran need not be asked for")
                        .isTrue());
    }

    @Test
    void whatARunEndsWithIsInItsHistoryWhateverThePage() {
        Worker worker = worker();
        var run = running(worker).claim();
        worker.write(run, first(0, "a"), first(1, "b"));
        worker.leave(run, complete("done"), first(2, "c"));

        assertThat(worker.historyTexts(run)).containsExactly("a", "b", "c");
        for (int from = 0; from < 4; from++) {
            assertThat(storage().runs().history(run.run(), from, 2))
                    .extracting(StepRecord::position)
                    .isEqualTo(List.of(0, 1, 2).subList(Math.min(3, from), Math.min(3, from + 2)));
        }
        assertThat(storage().runs().history(run.run(), 2, 1).getFirst().at())
                .isEqualTo(info(run.id()).endedAt());
    }

    @Test
    void aStepThatFailedLastIsForgottenWhenItsRunIsRetried() {
        Worker worker = worker();
        var run = running(worker);
        worker.write(run.claim(), first(0, "a"));
        worker.leave(run.claim(), fail("failure"), first(1, Samples.FAILED_STEP));

        commit(Samples.retry(run.claim().id()));

        var again = worker.claimOne(run.route());
        assertThat(again.history()).extracting(StepRecord::position).containsExactly(0);
        worker.leave(again.claim(), complete("done"), first(1, "now it worked"));
        assertThat(worker.historyTexts(again.claim())).containsExactly("a", "now it worked");
    }

    @Test
    void anotherRecordThatCameLastIsKeptWhenItsRunIsRetried() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failure of the workflow itself"), first(0, "a"));

        commit(Samples.retry(run.claim().id()));

        assertThat(worker.claimOne(run.route()).history())
                .extracting(StepRecord::position)
                .containsExactly(0);
    }

    @Test
    void aRunThatEndedWithUndoingIsNotRetried() {
        Worker worker = worker();
        var run = running(worker).claim();
        worker.leave(run, fail("failure"), first(0, StepRecord.COMPENSATION));

        assertRefused(commit(Samples.retry(run.id())), ErrorCode.COMPENSATED);
        assertThat(info(run.id()).lastKind()).isEqualTo(StepRecord.COMPENSATION);
        assertThat(worker.history(run)).hasSize(1);
    }

    private static Change first(int position, String text) {
        return new Change.Append(Samples.step(position, Samples.CLOSED, text), true);
    }

    private static Change first(int position, int kind) {
        return new Change.Append(Samples.step(position, kind, "step"), true);
    }
}
