package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.broadcast;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions of the application: what is started or published inside appears with their commit, or never. */
public abstract class TransactionContract extends StorageContract {

    @Test
    void whatIsStartedInsideAppearsWithTheCommit() throws Exception {
        var route = route();
        String id = id();

        var inside = storage().inTransaction(transaction -> {
            var answers = storage().runs().commit(transaction, List.of(new Commit.Start(instance(id, route))));
            assertThat(storage().instances().find(id)).as("before the commit").isEmpty();
            return answers;
        });

        assertThat(inside).hasExactlyElementsOfTypes(CommitResult.Accepted.class);
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void whatIsDoneInsideCarriesTheTimesOfTheAnswers() throws Exception {
        var route = route();
        String id = id();

        var answers = inTransaction(
                new Commit.Start(instance(id, route)), new Commit.Publish(direct(mailbox(), id, "welcome")));
        dispatch();

        var claimed = worker().claimOne(route);
        assertThat(claimed.startedAt()).isEqualTo(((CommitResult.Accepted) answers.get(0)).at());
        assertThat(claimed.mailbox().getFirst().publishedAt()).isEqualTo(((CommitResult.Accepted) answers.get(1)).at());
    }

    @Test
    void aTopicsModeIsFixedInsideAsOutside() throws Exception {
        var fixedInside = topic();
        var fixedOutside = topic();
        storage().messages().declareTopic(fixedOutside, TopicMode.COMPETING);

        List<CommitResult> answers = new ArrayList<>();
        storage().inTransaction(transaction -> {
            for (var message : List.of(
                    broadcast(fixedInside, "first"),
                    Samples.competing(fixedInside, "second"),
                    broadcast(fixedOutside, "third"))) {
                answers.addAll(storage().runs().commit(transaction, List.of(new Commit.Publish(message))));
            }
            return answers;
        });

        assertThat(answers.get(0)).isInstanceOf(CommitResult.Accepted.class);
        assertRefused(answers.get(1), ErrorCode.TOPIC_MODE_CONFLICT);
        assertRefused(answers.get(2), ErrorCode.TOPIC_MODE_CONFLICT);
        assertThat(storage().messages().declareTopic(fixedInside, TopicMode.COMPETING))
                .isEqualTo(TopicMode.BROADCAST);
    }

    @Test
    void whatIsBornInsideIsReadyWhateverItsOwner() throws Exception {
        Worker worker = worker();
        var route = route();
        String id = id();

        var answers = inTransaction(new Commit.Start(instance(id, route, "input", worker.node())));

        assertThat(answers).hasExactlyElementsOfTypes(CommitResult.Accepted.class);
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
        assertThat(info(id).owner()).isNull();
        assertThat(worker.claimIds(10, route)).containsExactly(id);
    }

    @Test
    void whatIsPublishedInsideAppearsWithTheCommit() throws Exception {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));

        inTransaction(
                new Commit.Publish(broadcast(topic, "one")), new Commit.Publish(direct(mailbox(), claim.id(), "two")));
        dispatch();

        assertThat(worker.texts(claim)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void anInstanceStartedInsideCanBeSentToInside() throws Exception {
        var route = route();
        String id = id();
        var mailbox = mailbox();

        storage().inTransaction(transaction -> {
            storage().runs().commit(transaction, List.of(new Commit.Start(instance(id, route))));
            var sent =
                    storage().runs().commit(transaction, List.of(new Commit.Publish(direct(mailbox, id, "welcome"))));
            assertThat(sent).hasExactlyElementsOfTypes(CommitResult.Accepted.class);
            return id;
        });
        dispatch();

        assertThat(Samples.texts(worker().claimOne(route).mailbox())).containsExactly("welcome");
    }

    @Test
    void anExceptionRollsBackAndReachesTheCallerUnchanged() {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        String id = id();
        List<String> hooks = new ArrayList<>();
        IOException failure = new IOException("the application's own");

        assertThatThrownBy(() -> storage().inTransaction(transaction -> {
                    transaction.afterCommit(() -> hooks.add("ran"));
                    storage()
                            .runs()
                            .commit(
                                    transaction,
                                    List.of(
                                            new Commit.Start(instance(id, route())),
                                            new Commit.Publish(broadcast(topic, "never"))));
                    throw failure;
                }))
                .isSameAs(failure);

        dispatch();
        assertThat(storage().instances().find(id)).isEmpty();
        assertThat(worker.texts(claim)).isEmpty();
        assertThat(hooks).isEmpty();
    }

    @Test
    void aTransactionThatMayOnlyRollBackReturnsItsResultAndLeavesNothing() throws Exception {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        String id = id();
        List<String> hooks = new ArrayList<>();

        String result = storage().inTransaction(transaction -> {
            transaction.rollbackOnly();
            transaction.afterCommit(() -> hooks.add("ran"));
            storage()
                    .runs()
                    .commit(
                            transaction,
                            List.of(
                                    new Commit.Start(instance(id, route())),
                                    new Commit.Publish(broadcast(topic, "never"))));
            return "result";
        });

        dispatch();
        assertThat(result).isEqualTo("result");
        assertThat(storage().instances().find(id)).isEmpty();
        assertThat(worker.texts(claim)).isEmpty();
        assertThat(hooks).isEmpty();
    }

    @Test
    void whatWasRolledBackCanBeDoneAgain() throws Exception {
        var route = route();
        var start = new Commit.Start(instance(id(), route));
        storage().inTransaction(transaction -> {
            transaction.rollbackOnly();
            return storage().runs().commit(transaction, List.of(start));
        });

        assertThat(inTransaction(start)).hasExactlyElementsOfTypes(CommitResult.Accepted.class);

        assertThat(worker().claimIds(10, route)).hasSize(1);
    }

    @Test
    void aMessageThatWasRolledBackCanBePublishedUnderItsUid() throws Exception {
        Worker worker = worker();
        var topic = topic();
        var claim = running(worker).claim();
        worker.write(claim, subscribe(topic, TopicMode.BROADCAST));
        var message = new Commit.Publish(broadcast(topic, "at last"));
        storage().inTransaction(transaction -> {
            transaction.rollbackOnly();
            return storage().runs().commit(transaction, List.of(message));
        });

        inTransaction(message);
        dispatch();

        assertThat(worker.texts(claim)).containsExactly("at last");
    }

    @Test
    void actionsAfterTheCommitRunInOrderWhenEverythingIsThere() throws Exception {
        String id = id();
        List<String> ran = new ArrayList<>();

        storage().inTransaction(transaction -> {
            storage().runs().commit(transaction, List.of(new Commit.Start(instance(id, route()))));
            transaction.afterCommit(() -> ran.add("first saw " + status(id)));
            transaction.afterCommit(() -> ran.add("second"));
            ran.add("work");
            return id;
        });

        assertThat(ran).containsExactly("work", "first saw READY", "second");
    }

    @Test
    void anActionThatFailsHarmsNobody() throws Exception {
        String id = id();
        List<String> ran = new ArrayList<>();

        String result = storage().inTransaction(transaction -> {
            storage().runs().commit(transaction, List.of(new Commit.Start(instance(id, route()))));
            transaction.afterCommit(() -> {
                throw new IllegalStateException("a failing action, on purpose");
            });
            transaction.afterCommit(() -> ran.add("second"));
            return "result";
        });

        assertThat(result).isEqualTo("result");
        assertThat(ran).containsExactly("second");
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void whatIsRefusedInsideLeavesTheTransactionUsable() throws Exception {
        var route = route();
        String taken = start(route);
        String id = id();

        var answers = inTransaction(
                new Commit.Start(instance(taken, route, "other", null)),
                new Commit.Publish(direct(mailbox(), id(), "to nobody")),
                new Commit.Cancel(id(), "nobody"),
                new Commit.Start(instance(taken, route)),
                new Commit.Start(instance(id, route)));

        assertRefused(answers.get(0), ErrorCode.START_CONFLICT);
        assertRefused(answers.get(1), ErrorCode.INSTANCE_NOT_FOUND);
        assertRefused(answers.get(2), ErrorCode.INSTANCE_NOT_FOUND);
        assertThat(answers.get(3)).isEqualTo(new CommitResult.Existing());
        assertThat(answers.get(4)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(worker().claimIds(10, route)).containsExactlyInAnyOrder(taken, id);
    }

    @Test
    void whatHasEndedCannotBeSentToOrCancelledInside() throws Exception {
        Worker worker = worker();
        var claim = running(worker).claim();
        worker.leave(claim, complete("done"));

        var answers = inTransaction(
                new Commit.Publish(direct(mailbox(), claim.id(), "late")), new Commit.Cancel(claim.id(), "late"));

        assertRefused(answers.get(0), ErrorCode.INSTANCE_ENDED);
        assertRefused(answers.get(1), ErrorCode.INSTANCE_ENDED);
    }

    @Test
    void aSecondStartInsideFindsTheFirst() throws Exception {
        var route = route();
        String id = id();

        var answers = inTransaction(
                new Commit.Start(instance(id, route)),
                new Commit.Start(instance(id, route)),
                new Commit.Start(instance(id, route, "other", null)));

        assertThat(answers.get(0)).isInstanceOf(CommitResult.Accepted.class);
        assertThat(answers.get(1)).isEqualTo(new CommitResult.Existing());
        assertRefused(answers.get(2), ErrorCode.START_CONFLICT);
        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void aTransactionIsNothingThatItIsNot() throws Exception {
        storage().inTransaction(transaction -> {
            assertThatThrownBy(() -> transaction.unwrap(Thread.class))
                    .isInstanceOf(RomancyException.class)
                    .hasMessageContaining(Thread.class.getName());
            return transaction;
        });
    }

    @Test
    void aTransactionThatHasEndedTakesNothingMore() throws Exception {
        Transaction leaked = storage().inTransaction(transaction -> transaction);
        String id = id();

        assertThatThrownBy(() -> storage().runs().commit(leaked, List.of(new Commit.Start(instance(id, route())))))
                .isInstanceOf(RomancyException.class);

        assertThat(storage().instances().find(id)).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // it does not see that the type argument may be nullable
    void aTransactionMayReturnNothing() throws Exception {
        Object result = storage().inTransaction(transaction -> null);

        assertThat(result).isNull();
    }

    private List<CommitResult> inTransaction(Commit... commits) throws Exception {
        return storage().inTransaction(transaction -> storage().runs().commit(transaction, List.of(commits)));
    }

    @Test
    void aTransactionOfThisDatabaseIsKnownAsOne() throws Exception {
        boolean isOurs = storage().inTransaction(transaction -> storage().owns(transaction));

        assertThat(isOurs).isTrue();
    }
}
