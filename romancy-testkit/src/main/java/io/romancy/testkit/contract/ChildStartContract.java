package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
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
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs start: once, with the record of their step, and never as something else than what the id belongs to. */
public abstract class ChildStartContract extends StorageContract {
    private static final int RACES = 10;
    private static final int RUNS = 6;

    @Test
    void aWorkflowStartsAnInstanceWithTheRecordOfItsStep() {
        Worker worker = worker();
        var parent = running(worker);
        Route route = route();
        String id = id();

        worker.write(parent.claim(), append(0, "started"), starting(0, instance(id, route)));

        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
        assertThat(worker.claimOne(route).claim().id()).isEqualTo(id);
    }

    @Test
    void aWorkflowStartsNothingIfTheRecordOfItsStepWasThere() {
        Worker worker = worker();
        var parent = running(worker);
        worker.write(parent.claim(), append(0, "done before"));
        String id = id();

        worker.write(parent.claim(), append(0, "again"), starting(0, instance(id, route())));

        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void anotherStartOfATakenIdIsRefusedAndNothingOfItsCommitIsWritten() {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Claim subscriber = running(worker).claim();
        var topic = topic();
        worker.write(subscriber, subscribe(topic, TopicMode.BROADCAST));
        Route route = route();
        String taken = start(route);
        String fresh = id();

        for (NewInstance other : List.of(instance(taken, route, "other", null), instance(taken, route()))) {
            var answer = worker.commit(
                    parent,
                    release(),
                    append(0, "before"),
                    publishing(0, broadcast(topic, "never")),
                    starting(0, instance(fresh, route())),
                    append(1, "started"),
                    starting(1, other));

            assertRefused(answer, ErrorCode.START_CONFLICT);
        }

        dispatch();
        assertThat(worker.history(parent)).isEmpty();
        assertThat(worker.texts(subscriber)).isEmpty();
        assertThat(storage().instances().find(fresh)).isEmpty();
        assertThat(info(taken).route()).isEqualTo(route);
        assertThat(Samples.text(worker.claimOne(route).input())).isEqualTo("input");
        worker.leave(parent, complete("by another way"), append(0, "told why"));
    }

    @Test
    void theSameStartOfATakenIdIsTakenAndLeavesTheInstanceAlone() {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String taken = start(route);

        worker.write(parent, append(0, "started"), starting(0, instance(taken, new Route(route.workflow(), 2))));

        assertThat(info(taken).route()).as("the version of the first").isEqualTo(route);
        assertThat(worker.historyTexts(parent)).containsExactly("started");
        assertThat(worker.claimIds(10, route)).containsExactly(taken);
        worker.leave(parent, complete("done"), append(1, "again"), starting(1, instance(taken, route)));
    }

    @Test
    void aStartThatIsSentAgainIsTakenAgain() {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String id = id();
        Change[] changes = {append(0, "started"), starting(0, instance(id, route))};

        var first = worker.write(parent, changes);

        assertThat(worker.write(parent, changes)).isEqualTo(first);
        assertThat(worker.claimIds(10, route)).containsExactly(id);
        assertThat(worker.write(parent, changes)).as("the child runs").isEqualTo(first);
    }

    @Test
    void aStartWhoseRecordIsThereIsNotJudgedAgain() {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String taken = start(route);
        worker.write(parent, append(0, "started what is no more"));

        var answer = worker.commit(
                parent,
                null,
                append(0, "sent again"),
                starting(0, instance(taken, route, "other", null)),
                append(1, "more"));

        assertThat(answer).isInstanceOf(CommitResult.Taken.class);
        assertThat(worker.historyTexts(parent)).containsExactly("started what is no more", "more");
        assertThat(worker.claimIds(10, route)).containsExactly(taken);
    }

    @Test
    void aClaimThatIsLostIsFencedWhateverItStarts() {
        Worker worker = worker();
        var run = running(worker);
        Route route = route();
        String taken = start(route);
        worker.leave(run.claim(), release());
        worker.claimOne(run.route());

        var answer = worker.commit(
                run.claim(), null, append(0, "by a zombie"), starting(0, instance(taken, route, "other", null)));

        assertThat(answer).isEqualTo(new CommitResult.Fenced());
    }

    @Test
    void ofTwoDifferentStartsInOneBatchOneIsTaken() {
        Worker worker = worker();
        Claim one = running(worker).claim();
        Claim other = running(worker).claim();
        Claim beside = running(worker).claim();
        Route route = route();
        String id = id();

        var answers = storage()
                .runs()
                .commit(List.of(
                        commit(one, instance(id, route, "one", null)),
                        commit(other, instance(id, route, "other", null)),
                        new Commit.OfRun(beside, List.of(append(0, "beside")), null)));

        assertThat(answers.get(2)).isInstanceOf(CommitResult.Taken.class);
        assertOneTaken(answers.subList(0, 2));
        boolean isOne = answers.getFirst() instanceof CommitResult.Taken;
        assertThat(Samples.text(worker.claimOne(route).input())).isEqualTo(isOne ? "one" : "other");
        assertThat(worker.history(isOne ? one : other)).hasSize(1);
        assertThat(worker.history(isOne ? other : one)).isEmpty();
        assertThat(worker.historyTexts(beside)).containsExactly("beside");
    }

    @Test
    void ofTwoEqualStartsInOneBatchBothAreTaken() {
        Worker worker = worker();
        Claim one = running(worker).claim();
        Claim other = running(worker).claim();
        Route route = route();
        String id = id();

        var answers =
                storage().runs().commit(List.of(commit(one, instance(id, route)), commit(other, instance(id, route))));

        assertThat(answers).hasSize(2).hasOnlyElementsOfType(CommitResult.Taken.class);
        assertThat(worker.claimIds(10, route)).containsExactly(id);
        assertThat(worker.history(one)).hasSize(1);
        assertThat(worker.history(other)).hasSize(1);
    }

    @Test
    void twoDifferentStartsOfOneCommitAreRefusedAndTwoEqualOnesAreOne() {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String id = id();

        var different = worker.commit(
                parent,
                null,
                append(0, "one"),
                starting(0, instance(id, route, "one", null)),
                append(1, "two"),
                starting(1, instance(id, route, "two", null)));

        assertRefused(different, ErrorCode.START_CONFLICT);
        assertThat(worker.history(parent)).isEmpty();
        assertThat(storage().instances().find(id)).isEmpty();

        worker.write(
                parent,
                append(0, "one"),
                starting(0, instance(id, route)),
                append(1, "the same"),
                starting(1, instance(id, route)));
        assertThat(worker.historyTexts(parent)).containsExactly("one", "the same");
        assertThat(worker.claimIds(10, route)).containsExactly(id);
    }

    @Test
    void ofManyRunsThatStartOneIdAtOnceOneDoes() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Worker worker = worker();
            List<Claim> parents = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                parents.add(running(worker).claim());
            }
            Route route = route();
            String id = id();

            List<CommitResult> answers = Crowd.together(
                    RUNS, number -> commit(commit(parents.get(number), instance(id, route, "of " + number, null))));

            int winner = assertOneTaken(answers);
            assertThat(Samples.text(worker.claimOne(route).input())).isEqualTo("of " + winner);
        }
    }

    @Test
    void anotherStartInATransactionOfTheApplicationRollsBackAllOfIt() throws Exception {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String taken = start(route);
        String beside = id();

        var answers = inOneTransaction(
                new Commit.Start(instance(beside, route())), commit(parent, instance(taken, route, "other", null)));

        assertRefused(answers.get(1), ErrorCode.START_CONFLICT);
        assertThat(worker.history(parent)).isEmpty();
        assertThat(storage().instances().find(beside)).isEmpty();
        worker.leave(parent, complete("the claim holds"));
    }

    @Test
    void theSameStartInATransactionOfTheApplicationIsTaken() throws Exception {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String taken = start(route);
        String before = id();

        var answers = inOneTransaction(
                new Commit.Start(instance(before, route)),
                new Commit.OfRun(
                        parent,
                        List.of(
                                append(0, "started"),
                                starting(0, instance(taken, route)),
                                starting(0, instance(before, route))),
                        null));

        assertThat(answers.get(1)).isInstanceOf(CommitResult.Taken.class);
        assertThat(worker.historyTexts(parent)).containsExactly("started");
        assertThat(worker.claimIds(10, route)).containsExactlyInAnyOrder(taken, before);
    }

    @Test
    void whatTheTransactionItselfStartedIsNotStartedAsAnother() throws Exception {
        Worker worker = worker();
        Claim parent = running(worker).claim();
        Route route = route();
        String id = id();

        var answers = inOneTransaction(
                new Commit.Start(instance(id, route)), commit(parent, instance(id, route, "other", null)));

        assertRefused(answers.get(1), ErrorCode.START_CONFLICT);
        assertThat(worker.history(parent)).isEmpty();
        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    void ofAStartInAnOpenTransactionAndAnotherBesideItOneTakesEffect() throws Exception {
        assumeTrue(storage().capabilities().contains(StorageCapability.CONCURRENT_WRITERS));
        Worker worker = worker();
        Claim inside = running(worker).claim();
        Claim beside = running(worker).claim();
        Route route = route();
        String id = id();
        var another = commit(beside, instance(id, route, "beside", null));
        var held = HeldTransaction.open(storage(), commit(inside, instance(id, route, "inside", null)));
        assertThat(held.results()).hasExactlyElementsOfTypes(CommitResult.Taken.class);

        if (commit(another) instanceof CommitResult.Taken) {
            assertThatThrownBy(held::commit).hasCauseInstanceOf(StorageException.class);
            assertThat(worker.history(inside)).isEmpty();
        } else {
            held.commit();
            assertRefused(commit(another), ErrorCode.START_CONFLICT);
            assertThat(worker.history(beside)).isEmpty();
        }

        assertThat(worker.claimIds(10, route)).containsExactly(id);
    }

    private List<CommitResult> inOneTransaction(Commit... commits) throws Exception {
        return storage().inTransaction(transaction -> storage().runs().commit(transaction, List.of(commits)));
    }

    private static Commit.OfRun commit(Claim parent, NewInstance child) {
        return new Commit.OfRun(parent, List.of(append(0, "started"), starting(0, child)), null);
    }

    /** One was taken, and all others are told that the id is; returns which one. */
    private static int assertOneTaken(List<CommitResult> answers) {
        int taken = -1;
        for (int i = 0; i < answers.size(); i++) {
            if (taken < 0 && answers.get(i) instanceof CommitResult.Taken) {
                taken = i;
            } else {
                assertRefused(answers.get(i), ErrorCode.START_CONFLICT);
            }
        }
        assertThat(taken).as("the one that was taken, of %s", answers).isNotNegative();
        return taken;
    }
}
