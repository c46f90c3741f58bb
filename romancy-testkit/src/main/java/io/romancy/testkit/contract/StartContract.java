package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How instances begin: once for each id, whoever asks and however often. */
public abstract class StartContract extends StorageContract {

    @Test
    void aStartedInstanceIsReadyForAnyWorker() {
        Route route = route();
        String id = id();

        var accepted = (CommitResult.Accepted) commit(new Commit.Start(instance(id, route, "forty-two", null)));

        assertThat(info(id).status()).isEqualTo(InstanceStatus.READY);
        assertThat(info(id).startedAt()).isEqualTo(accepted.at());
        assertThat(info(id).owner()).isNull();
        var claimed = worker().claimOne(route);
        assertThat(claimed.claim().id()).isEqualTo(id);
        assertThat(claimed.route()).isEqualTo(route);
        assertThat(Samples.text(claimed.input())).isEqualTo("forty-two");
        assertThat(claimed.startedAt()).isEqualTo(accepted.at());
        assertThat(claimed.history()).isEmpty();
        assertThat(claimed.historyComplete()).isTrue();
        assertThat(claimed.mailbox()).isEmpty();
        assertThat(claimed.mailboxComplete()).isTrue();
        assertThat(claimed.cancelReason()).isNull();
    }

    @Test
    void anInstanceIsBornRunningForTheOwnerThatItNames() {
        Route route = route();
        String id = id();
        Worker owner = worker();

        var born = (CommitResult.Born) commit(new Commit.Start(instance(id, route, "input", owner.node())));

        assertThat(born.claim().id()).isEqualTo(id);
        assertThat(info(id).status()).isEqualTo(InstanceStatus.RUNNING);
        assertThat(info(id).owner()).isEqualTo(owner.node());
        assertThat(info(id).startedAt()).isEqualTo(born.at());
        assertThat(worker().claimIds(10, route)).as("claimed by another").isEmpty();
        owner.leave(born.claim(), complete("done"), append(0, "first"));
        assertThat(status(id)).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void anInstanceWhoseOwnerIsNobodyIsReapedAndRunsElsewhere() {
        Route route = route();
        var born = (CommitResult.Born)
                commit(new Commit.Start(instance(id(), route, "input", new NodeId(UUID.randomUUID()))));

        reapAll();

        var claimed = worker().claimOne(route);
        assertThat(claimed.claim().id()).isEqualTo(born.claim().id());
        assertThat(claimed.claim().fence()).isGreaterThan(born.claim().fence());
    }

    @Test
    void aSecondStartWithTheSameInputFindsTheFirst() {
        Route route = route();
        String id = start(route);

        assertThat(commit(new Commit.Start(instance(id, route)))).isEqualTo(new CommitResult.Existing());

        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void aSecondStartFindsTheFirstAlsoWhenThatHasEnded() {
        Route route = route();
        String id = start(route);
        Worker worker = worker();
        worker.leave(worker.claimOne(route).claim(), complete("done"));

        assertThat(commit(new Commit.Start(instance(id, route)))).isEqualTo(new CommitResult.Existing());

        assertThat(status(id)).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(worker.claimIds(10, route)).isEmpty();
    }

    @Test
    void aStartByANewerVersionOfTheWorkflowFindsTheInstanceOfTheOlder() {
        Route old = route();
        String id = start(old);

        var answer = commit(new Commit.Start(instance(id, new Route(old.workflow(), 2))));

        assertThat(answer).isEqualTo(new CommitResult.Existing());
        assertThat(info(id).route()).isEqualTo(old);
    }

    @Test
    void aStartOfATakenIdWithAnotherInputIsRefused() {
        Route route = route();
        String id = start(route);

        assertRefused(commit(new Commit.Start(instance(id, route, "other", null))), ErrorCode.START_CONFLICT);

        assertThat(Samples.text(worker().claimOne(route).input())).isEqualTo("input");
    }

    @Test
    void aStartOfATakenIdWithAnotherWorkflowIsRefused() {
        Route route = route();
        String id = start(route);
        Route other = route();

        assertRefused(commit(new Commit.Start(instance(id, other))), ErrorCode.START_CONFLICT);

        assertThat(info(id).route()).isEqualTo(route);
        assertThat(worker().claimIds(10, other)).isEmpty();
    }

    @Test
    void aBornStartOfATakenIdIsRefusedLikeAnyOther() {
        Route route = route();
        String id = start(route);
        Worker owner = worker();

        var answer = commit(new Commit.Start(instance(id, route, "other", owner.node())));

        assertRefused(answer, ErrorCode.START_CONFLICT);
        assertThat(info(id).owner()).isNull();
    }

    @Test
    void twoStartsOfOneIdInOneBatchStartItOnce() {
        Route route = route();
        String id = id();
        var start = new Commit.Start(instance(id, route));

        var answers = storage().runs().commit(List.of(start, start));

        assertThat(answers).hasSize(2);
        assertThat(answers).filteredOn(CommitResult.Accepted.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(CommitResult.Existing.class::isInstance).hasSize(1);
        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void twoDifferentStartsOfOneIdInOneBatchAreOneStartAndOneRefusal() {
        Route route = route();
        String id = id();

        var answers = storage()
                .runs()
                .commit(List.of(
                        new Commit.Start(instance(id, route, "one", null)),
                        new Commit.Start(instance(id, route, "two", null))));

        assertThat(answers).filteredOn(CommitResult.Accepted.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(CommitResult.Refused.class::isInstance)
                .singleElement()
                .satisfies(refused -> assertRefused(refused, ErrorCode.START_CONFLICT));
        assertThat(worker().claimIds(10, route)).containsExactly(id);
    }

    @Test
    void aBornStartSentAgainRunsOnce() {
        Route route = route();
        Worker owner = worker();
        var start = new Commit.Start(instance(id(), route, "input", owner.node()));
        var born = (CommitResult.Born) commit(start);

        // Its own claim again, or the news that the id exists: both are true, and neither starts a second run.
        assertThat(commit(start)).isIn(born, new CommitResult.Existing());

        assertThat(worker().claimIds(10, route)).isEmpty();
        owner.leave(born.claim(), complete("done"));
    }
}
