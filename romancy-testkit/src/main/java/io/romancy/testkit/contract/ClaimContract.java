package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.append;
import static io.romancy.testkit.contract.Samples.direct;
import static io.romancy.testkit.contract.Samples.release;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Claims: what is due becomes the claimer's, and nobody else's. */
public abstract class ClaimContract extends StorageContract {

    @Test
    void aClaimedRunIsRunningAndBelongsToTheClaimer() {
        Worker worker = worker();

        var run = running(worker);

        var info = info(run.claim().id());
        assertThat(info.status()).isEqualTo(InstanceStatus.RUNNING);
        assertThat(info.owner()).isEqualTo(worker.node());
        assertThat(info.dueAt()).isNull();
        assertThat(info.run()).isEqualTo(run.claim().run());
    }

    @Test
    void whatIsClaimedIsNotClaimedAgain() {
        Route route = route();
        String id = start(route);

        assertThat(worker().claimIds(10, route)).containsExactly(id);
        assertThat(worker().claimIds(10, route)).isEmpty();
    }

    @Test
    void everyClaimRaisesTheFence() {
        Worker worker = worker();
        var first = running(worker);
        worker.leave(first.claim(), release());

        var second = worker.claimOne(first.route());

        assertThat(second.claim().run()).isEqualTo(first.claim().run());
        assertThat(second.claim().fence()).isGreaterThan(first.claim().fence());
    }

    @Test
    void aWorkerThatParksARunAndClaimsItBackGetsTheNextFence() {
        Worker worker = worker();
        var first = running(worker);
        worker.leave(first.claim(), sleep(Duration.ZERO));

        var second = worker.claimOne(first.route());

        // The engine relies on it: one more means that nobody came between, so what it keeps in memory is up to date.
        assertThat(second.claim().fence()).isEqualTo(first.claim().fence() + 1);
    }

    @Test
    void aClaimServesOnlyTheRoutesThatItNames() {
        Route served = route();
        Route other = route();
        String id = start(served);
        start(other);

        assertThat(worker().claimIds(10, served)).containsExactly(id);
    }

    @Test
    void aWorkerNeverGetsAVersionThatItDoesNotHave() {
        Route first = route();
        Route second = new Route(first.workflow(), 2);
        String id = start(second);

        assertThat(worker().claimIds(10, first)).isEmpty();
        assertThat(worker().claimIds(10, second)).containsExactly(id);
    }

    @Test
    void aClaimTakesNoMoreThanItsLimitAndWhatWasDueLongest() {
        Route route = route();
        String first = start(route);
        String second = start(route);
        String third = start(route);
        Worker worker = worker();

        assertThat(worker.claimIds(2, route)).containsExactlyInAnyOrder(first, second);
        assertThat(worker.claimIds(2, route)).containsExactly(third);
    }

    @Test
    void theLimitHoldsForAllRoutesTogether() {
        List<Route> routes = Stream.generate(StorageContract::route).limit(5).toList();
        routes.forEach(route -> IntStream.range(0, 4).forEach(i -> start(route)));
        Worker worker = worker();
        Route[] all = routes.toArray(Route[]::new);

        assertThat(worker.claimIds(13, all)).hasSize(13);
        assertThat(worker.claimIds(13, all)).hasSize(7);
        assertThat(worker.claimIds(13, all)).isEmpty();
    }

    @Test
    void theRouteThatIsNamedFirstIsServedFirst() {
        Route crowded = route();
        IntStream.range(0, 20).forEach(i -> start(crowded));
        Route quiet = route();
        String id = start(quiet);

        assertThat(worker().claimIds(1, quiet, crowded)).containsExactly(id);
    }

    @Test
    void callersThatRotateTheirRoutesStarveNone() {
        List<Route> routes =
                new ArrayList<>(Stream.generate(StorageContract::route).limit(4).toList());
        routes.forEach(route -> IntStream.range(0, 10).forEach(i -> start(route)));
        Worker worker = worker();
        List<Route> servedRoutes = new ArrayList<>();

        for (int turn = 0; turn < routes.size(); turn++) {
            worker.claim(5, routes.toArray(Route[]::new)).runs().forEach(run -> servedRoutes.add(run.route()));
            routes.add(routes.removeFirst());
        }

        assertThat(servedRoutes).hasSize(20).contains(routes.toArray(Route[]::new));
    }

    @Test
    void manyRoutesWithoutWorkDoNotHideTheOneThatHasSome() {
        Route busy = route();
        String id = start(busy);
        Stream<Route> idle = Stream.generate(StorageContract::route).limit(300);

        var claimed = worker().claimIds(10, Stream.concat(idle, Stream.of(busy)).toArray(Route[]::new));

        assertThat(claimed).containsExactly(id);
    }

    @Test
    void aClaimForNoRouteIsEmpty() {
        assertThat(worker().claim(10).runs()).isEmpty();
    }

    @Test
    void aNodeThatNeverJoinedClaimsNothing() {
        Route route = route();
        String id = start(route);

        var batch = storage().runs().claim(new ClaimRequest(new NodeId(UUID.randomUUID()), List.of(route), 10));

        assertThat(batch.runs()).isEmpty();
        assertThat(status(id)).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void aNodeThatLeftClaimsNothing() {
        Route route = route();
        start(route);
        Worker gone = worker();
        gone.leave();

        assertThat(gone.claimIds(10, route)).isEmpty();
    }

    @Test
    void aClaimBringsWhatTheHolderBeforeWrote() {
        Worker one = worker();
        var run = running(one);
        one.leave(run.claim(), release(), append(0, "a"), append(1, "b"));

        var taken = worker().claimOne(run.route());

        assertThat(taken.history()).extracting(step -> step.position()).containsExactly(0, 1);
        assertThat(taken.history())
                .extracting(step -> Samples.text(step.body()))
                .containsExactly("a", "b");
        assertThat(taken.historyComplete()).isTrue();
    }

    @Test
    void aClaimBringsTheMailboxAndHasSeenItAll() {
        Worker worker = worker();
        var mailbox = mailbox();
        var run = running(worker);
        worker.leave(run.claim(), waitFor(mailbox));
        publish(direct(mailbox, run.claim().id(), "hello"));
        dispatch();

        var claimed = worker.claimOne(run.route());

        assertThat(Samples.texts(claimed.mailbox())).containsExactly("hello");
        assertThat(claimed.mailboxComplete()).isTrue();
        worker.leave(claimed.claim(), waitFor(mailbox));
    }

    @Test
    void aClaimSaysWhyTheRunIsToBeCancelled() {
        Route route = route();
        String id = start(route);
        commit(new Commit.Cancel(id, "changed my mind"));

        assertThat(worker().claimOne(route).cancelReason()).isEqualTo("changed my mind");
    }

    @Test
    void nothingIsDueNextWhereNothingIsLeft() {
        Route route = route();
        start(route);

        assertThat(worker().claim(10, route).nextDueIn()).isNull();
    }

    @Test
    void theNextIsDueAtOnceWhereTheLimitLeftSome() {
        Route route = route();
        start(route);
        start(route);

        assertThat(worker().claim(1, route).nextDueIn()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theNextIsDueWithTheEarliestTimerOfTheRoutesThatWereAskedFor() {
        Worker worker = worker();
        var sooner = running(worker);
        var later = running(worker);
        var notAskedFor = running(worker);
        worker.leave(sooner.claim(), sleep(Duration.ofHours(2)));
        worker.leave(later.claim(), sleep(Duration.ofHours(3)));
        worker.leave(notAskedFor.claim(), sleep(Duration.ofHours(1)));

        assertThat(worker.claim(10, later.route(), sooner.route()).nextDueIn())
                .isNotNull()
                .isBetween(Duration.ofHours(1).plus(Duration.ofMinutes(30)), Duration.ofHours(2));
    }
}
