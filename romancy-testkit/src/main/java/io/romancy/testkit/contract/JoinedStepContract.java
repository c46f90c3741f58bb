package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.appendOpen;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.publishing;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.starting;
import static io.romancy.testkit.contract.Samples.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.spi.StorageCapability;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that join a transaction of the application: their record and the application's rows appear together, or neither does. */
public abstract class JoinedStepContract extends StorageContract {

    @Test
    void theRecordAppearsWithTheCommitAndCarriesTheTimeOfTheAnswer() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        CommitResult answer = storage().inTransaction(transaction -> {
            var answers = storage().runs().commit(transaction, List.of(step(claim, append(0, "charged"))));
            assertThat(worker.history(claim)).as("before the commit").isEmpty();
            return answers.getFirst();
        });

        var taken = Worker.taken(answer);
        assertThat(worker.history(claim)).singleElement().satisfies(step -> {
            assertThat(Samples.text(step.body())).isEqualTo("charged");
            assertThat(step.at()).isEqualTo(taken.at());
        });
        worker.leave(claim, complete("goes on under the same claim"));
    }

    @Test
    void theCallersRowsAndTheRecordAppearTogether() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        String id = id();
        var route = route();

        var answers = inTransaction(new Commit.Start(instance(id, route)), step(claim, append(0, "started one")));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Accepted.class, CommitResult.Taken.class);
        assertThat(worker.historyTexts(claim)).containsExactly("started one");
        assertThat(worker.claimIds(10, route)).containsExactly(id);
    }

    @Test
    void anExceptionAfterItLeavesNeither() {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        String id = id();

        assertThatThrownBy(() -> storage().inTransaction(transaction -> {
                    storage().runs().commit(transaction, List.of(new Commit.Start(instance(id, route()))));
                    storage().runs().commit(transaction, List.of(step(claim, append(0, "never"))));
                    throw new IOException("the application's own");
                }))
                .isInstanceOf(IOException.class);

        assertThat(worker.history(claim)).isEmpty();
        assertThat(storage().instances().find(id)).isEmpty();
        worker.write(claim, append(0, "done again"));
        assertThat(worker.historyTexts(claim)).containsExactly("done again");
    }

    @Test
    void aTransactionThatMayOnlyRollBackRecordsNothing() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        storage().inTransaction(transaction -> {
            transaction.rollbackOnly();
            return storage().runs().commit(transaction, List.of(step(claim, append(0, "never"))));
        });

        assertThat(worker.history(claim)).isEmpty();
        worker.leave(claim, complete("undisturbed"));
    }

    @Test
    void anOpenRecordIsClosedByIt() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.write(claim, appendOpen(0, "attempt 1"));

        var answers = inTransaction(step(claim, append(0, "done")));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Taken.class);
        assertThat(worker.historyTexts(claim)).containsExactly("done");
    }

    @Test
    void aWorkerThatLostItsClaimIsFencedAndItsTransactionRollsBack() throws Exception {
        Worker worker = worker();
        var run = running(worker);
        String id = id();
        worker.leave(run.claim(), release());
        Claim newer = worker.claimOne(run.route()).claim();

        var answers =
                inTransaction(new Commit.Start(instance(id, route())), step(run.claim(), append(0, "by a zombie")));

        assertThat(answers.get(1)).isEqualTo(new CommitResult.Fenced());
        assertThat(worker.history(newer)).isEmpty();
        assertThat(storage().instances().find(id))
                .as("the application's rows of a step that was not recorded")
                .isEmpty();
    }

    @Test
    void aRunThatHasEndedRecordsNothingMore() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.leave(claim, complete("done"), append(0, "all"));

        assertThat(inTransaction(step(claim, append(1, "late")))).containsExactly(new CommitResult.Fenced());

        assertThat(worker.historyTexts(claim)).containsExactly("all");
    }

    @Test
    void aStepThatIsRecordedIsNotDoneAgain() throws Exception {
        Worker worker = worker();
        var topic = topic();
        Claim subscriber = running(worker).claim();
        worker.write(subscriber, subscribe(topic, TopicMode.BROADCAST));
        Claim claim = running(worker).claim();
        String id = id();
        var first = step(claim, append(0, "charged"), publishing(0, broadcast(topic, "once")));
        inTransaction(first);

        var second = inTransaction(
                new Commit.Start(instance(id, route())),
                step(claim, append(0, "charged twice"), publishing(0, broadcast(topic, "twice"))));
        dispatch();

        assertThat(second.get(1)).isEqualTo(new CommitResult.Recorded());
        assertThat(storage().instances().find(id)).as("rows of the repetition").isEmpty();
        assertThat(worker.historyTexts(claim)).containsExactly("charged");
        assertThat(worker.texts(subscriber)).containsExactly("once");
        worker.leave(claim, complete("the claim holds"));
    }

    @Test
    void messagesAndStartsHangOnTheRecord() throws Exception {
        Worker worker = worker();
        var topic = topic();
        Claim subscriber = running(worker).claim();
        worker.write(subscriber, subscribe(topic, TopicMode.BROADCAST));
        Claim claim = running(worker).claim();
        var route = route();
        String id = id();

        inTransaction(step(
                claim,
                append(0, "did all"),
                publishing(0, broadcast(topic, "hangs")),
                publishing(9, broadcast(topic, "hangs on nothing")),
                starting(0, instance(id, route, "input", worker.node())),
                starting(9, instance(id(), route))));
        dispatch();

        assertThat(worker.texts(subscriber)).containsExactly("hangs");
        assertThat(info(id).owner()).as("born inside a transaction").isNull();
        assertThat(worker.claimIds(10, route)).containsExactly(id);
    }

    @Test
    void whatHappenedOutsideIsTold() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        publish(direct(mailbox(), claim.id(), "hello"));
        dispatch();
        commit(new Commit.Cancel(claim.id(), "no longer wanted"));

        var taken =
                Worker.taken(inTransaction(step(claim, append(0, "in flight"))).getFirst());

        assertThat(taken.wake()).isGreaterThan(claim.wake());
        assertThat(taken.cancelReason()).isEqualTo("no longer wanted");
        assertThat(worker.historyTexts(claim)).containsExactly("in flight");
    }

    @Test
    void aReaperInBetweenLeavesItAlone() throws Exception {
        assumeTrue(storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS));
        Worker worker = worker();
        Claim claim = running(worker).claim();
        try (var held = HeldTransaction.open(storage(), step(claim, append(0, "recorded")))) {
            assertThat(held.results()).hasExactlyElementsOfTypes(CommitResult.Taken.class);
            worker.leave();

            reapAll();
            assertThat(status(claim.id())).isEqualTo(InstanceStatus.RUNNING);
            held.commit();
        }

        assertThat(reapAll()).isPositive();
        assertThat(status(claim.id())).isEqualTo(InstanceStatus.READY);
        assertThat(worker.historyTexts(claim)).containsExactly("recorded");
    }

    @Test
    void aReaperBeforeItFencesIt() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        worker.leave();
        reapAll();

        assertThat(inTransaction(step(claim, append(0, "too late")))).containsExactly(new CommitResult.Fenced());

        assertThat(worker.history(claim)).isEmpty();
    }

    @Test
    void aRunThatWasHeldIsFreeAfterARollback() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        try (var held = HeldTransaction.open(storage(), step(claim, append(0, "never")))) {
            assertThat(held.results()).hasExactlyElementsOfTypes(CommitResult.Taken.class);
        }
        worker.leave();
        reapAll();

        assertThat(status(claim.id())).isEqualTo(InstanceStatus.READY);
        assertThat(worker.history(claim)).isEmpty();
    }

    @Test
    void leavingRunningHasNoPlaceInside() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        var answers = inTransaction(new Commit.OfRun(claim, List.of(append(0, "x")), complete("no")));

        assertRefused(answers.getFirst(), ErrorCode.WRONG_PLACE);
        assertThat(worker.history(claim)).isEmpty();
        worker.leave(claim, complete("undisturbed"));
    }

    @Test
    void neitherHaveTopicsAndMailboxes() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();

        for (Change change :
                List.of(subscribe(topic(), TopicMode.BROADCAST), Samples.unsubscribe(topic()), new Change.Consume(1))) {
            assertRefused(inTransaction(step(claim, append(0, "x"), change)).getFirst(), ErrorCode.WRONG_PLACE);
        }

        assertThat(worker.history(claim)).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsRefusedAndRollsBack() throws Exception {
        Worker worker = worker();
        Claim claim = running(worker).claim();
        var topic = topic();
        storage().messages().declareTopic(topic, TopicMode.COMPETING);
        String id = id();

        var answers = inTransaction(
                new Commit.Start(instance(id, route())),
                step(claim, append(0, "x"), publishing(0, broadcast(topic, "in the other mode"))));

        assertRefused(answers.get(1), ErrorCode.TOPIC_MODE_CONFLICT);
        assertThat(worker.history(claim)).isEmpty();
        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void twoRunsInOneBatchAreRefused() {
        Worker worker = worker();
        Claim one = running(worker).claim();
        Claim other = running(worker).claim();

        assertThatThrownBy(() -> inTransaction(step(one, append(0, "x")), step(other, append(0, "x"))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(worker.history(one)).isEmpty();
    }

    private static Commit.OfRun step(Claim claim, Change... changes) {
        return new Commit.OfRun(claim, List.of(changes), null);
    }

    private List<CommitResult> inTransaction(Commit... commits) throws Exception {
        return storage().inTransaction(transaction -> storage().runs().commit(transaction, List.of(commits)));
    }
}
