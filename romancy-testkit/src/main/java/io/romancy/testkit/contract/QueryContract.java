package io.romancy.testkit.contract;

import static io.romancy.testkit.contract.Samples.complete;
import static io.romancy.testkit.contract.Samples.fail;
import static io.romancy.testkit.contract.Samples.instance;
import static io.romancy.testkit.contract.Samples.payload;
import static io.romancy.testkit.contract.Samples.sleep;
import static io.romancy.testkit.contract.Samples.stick;
import static io.romancy.testkit.contract.Samples.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be seen of instances from outside. */
public abstract class QueryContract extends StorageContract {

    @Test
    void anInstanceIsFoundByItsIdOnly() {
        Route route = route();
        String id = start(route);

        assertThat(storage().instances().find(id)).hasValueSatisfying(info -> {
            assertThat(info.id()).isEqualTo(id);
            assertThat(info.route()).isEqualTo(route);
            assertThat(info.cancelReason()).isNull();
            assertThat(info.endedAt()).isNull();
            assertThat(info.dueAt()).isEqualTo(info.startedAt());
            assertThat(info.waitsFor()).isEmpty();
        });
        assertThat(storage().instances().find(id + "x")).isEmpty();
        assertThat(storage().instances().find(id())).isEmpty();
    }

    @Test
    void theInputOfAnInstanceStaysWithIt() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), complete("done"));

        assertThat(storage().instances().input(run.claim().id())).contains(payload("input"));
        assertThat(storage().instances().input(id())).isEmpty();
    }

    @Test
    void outcomesOfManyComeAtOnceAndOfTheUnknownNotAtAll() {
        Worker worker = worker();
        var completed = running(worker);
        var failed = running(worker);
        var ready = start(route());
        worker.leave(completed.claim(), complete("result"));
        worker.leave(failed.claim(), fail("failure"));

        var outcomes = storage()
                .instances()
                .outcomes(List.of(
                        ready, id(), completed.claim().id(), failed.claim().id()));

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new Outcome(ready, InstanceStatus.READY, null),
                        new Outcome(completed.claim().id(), InstanceStatus.COMPLETED, payload("result")),
                        new Outcome(failed.claim().id(), InstanceStatus.FAILED, payload("failure")));
        assertThat(storage().instances().outcomes(List.of())).isEmpty();
    }

    @Test
    void outcomesOfAThousandComeAtOnce() {
        Route route = route();
        List<String> ids = Stream.generate(StorageContract::id).limit(1000).toList();
        storage()
                .runs()
                .commit(ids.stream()
                        .<Commit>map(id -> new Commit.Start(instance(id, route)))
                        .toList());

        assertThat(storage().instances().outcomes(ids))
                .hasSize(1000)
                .extracting(Outcome::id)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void instancesAreListedNewestFirst() {
        Route route = route();
        String first = start(route);
        String second = start(route);
        String third = start(route);

        assertThat(list(route.workflow(), Set.of(), null)).containsExactly(third, second, first);
    }

    @Test
    void allInstancesOfAWorkflowAreListedWhateverTheirVersion() {
        Route one = route();
        String old = start(one);
        String recent = start(new Route(one.workflow(), 2));

        assertThat(list(one.workflow(), Set.of(), null)).containsExactly(recent, old);
    }

    @Test
    void aListGoesOnPageByPage() {
        Route route = route();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            started.addFirst(start(route));
        }
        List<String> listed = new ArrayList<>();
        List<InstanceInfo> page;
        long before = Long.MAX_VALUE;
        do {
            page = storage().instances().list(new InstanceQuery(route.workflow(), Set.of(), null, before, 3));
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(info -> listed.add(info.id()));
            before = page.isEmpty() ? before : page.getLast().run();
        } while (!page.isEmpty());

        assertThat(listed).isEqualTo(started);
    }

    @Test
    void aListHasOnlyTheStatusesThatWereAskedFor() {
        Worker worker = worker();
        Route route = route();
        String completed = start(route);
        worker.leave(worker.claimOne(route).claim(), complete("done"));
        String waiting = start(route);
        worker.leave(worker.claimOne(route).claim(), waitFor(mailbox()));
        String running = start(route);
        worker.claimOne(route);
        String ready = start(route);

        String workflow = route.workflow();
        assertThat(list(workflow, Set.of(InstanceStatus.COMPLETED), null)).containsExactly(completed);
        assertThat(list(workflow, Set.of(InstanceStatus.WAITING, InstanceStatus.READY), null))
                .containsExactly(ready, waiting);
        assertThat(list(workflow, Set.of(InstanceStatus.RUNNING), null)).containsExactly(running);
        assertThat(list(workflow, Set.of(InstanceStatus.STUCK), null)).isEmpty();
    }

    @Test
    void aListHasOnlyThoseThatEndedSince() {
        Worker worker = worker();
        Route route = route();
        start(route);
        worker.leave(worker.claimOne(route).claim(), complete("early"));
        storage().upkeep().advanceClock(Duration.ofDays(1));
        String late = start(route);
        Instant since =
                worker.leave(worker.claimOne(route).claim(), complete("late")).at();
        start(route);

        assertThat(list(route.workflow(), Set.of(), info(late).endedAt())).containsExactly(late);
        assertThat(list(route.workflow(), Set.of(), since.plusSeconds(1))).isEmpty();
    }

    @Test
    void aListOfEverythingHasTheNewestOfAllWorkflows() {
        start(route());
        String id = start(route());

        var newest = storage().instances().list(new InstanceQuery(null, Set.of(), null, Long.MAX_VALUE, 1));

        assertThat(newest).extracting(InstanceInfo::id).containsExactly(id);
    }

    @Test
    void theHistoryOfAnInstanceIsReadFromAnyPositionOn() {
        Worker worker = worker();
        var claim = running(worker).claim();
        for (int i = 0; i < 10; i++) {
            worker.write(claim, Samples.append(i, "s" + i));
        }

        assertThat(storage().runs().history(claim.run(), 7, 100))
                .extracting(step -> step.position())
                .containsExactly(7, 8, 9);
        assertThat(storage().runs().history(claim.run(), 0, 4))
                .extracting(step -> step.position())
                .containsExactly(0, 1, 2, 3);
        assertThat(storage().runs().history(claim.run(), 10, 4)).isEmpty();
        assertThat(storage().runs().history(Long.MAX_VALUE, 0, 4)).isEmpty();
    }

    /** Looks at the whole database, and ends everything in it that is ready or has a timer. */
    @Test
    void whoServesEveryActiveRouteUntilThereIsNoneHasServedAll() {
        Worker worker = worker();
        Route route = route();
        String ready = start(route);
        var sleeping = running(worker);
        worker.leave(sleeping.claim(), sleep(Duration.ofDays(30)));

        Crowd.await("no route is active", () -> {
            Set<Route> routes = storage().instances().activeRoutes();
            var runs = worker.claim(100, routes.toArray(Route[]::new)).runs();
            runs.forEach(run -> Worker.taken(worker.commit(run.claim(), complete("served"))));
            if (runs.isEmpty()) {
                storage().upkeep().advanceClock(Duration.ofDays(365));
            }
            return routes.isEmpty();
        });

        assertThat(status(ready)).isEqualTo(InstanceStatus.COMPLETED);
        assertThat(status(sleeping.claim().id())).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void whatWentWrongIsListedTogetherNewestFirstAndPageByPage() {
        Worker worker = worker();
        Route route = route();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (Transition how : List.of(
                    fail("failed"),
                    complete("done"),
                    stick("diagnosis"),
                    new Transition.Cancelled(payload("stopped")))) {
                String id = start(route);
                worker.leave(worker.claimOne(route).claim(), how);
                if (!(how instanceof Transition.Complete)) {
                    wrong.addFirst(id);
                }
            }
        }
        Set<InstanceStatus> statuses = Set.of(InstanceStatus.STUCK, InstanceStatus.FAILED, InstanceStatus.CANCELLED);

        var first = storage().instances().list(new InstanceQuery(route.workflow(), statuses, null, Long.MAX_VALUE, 4));
        var rest = storage()
                .instances()
                .list(new InstanceQuery(
                        route.workflow(), statuses, null, first.getLast().run(), 100));

        assertThat(Stream.concat(first.stream(), rest.stream()).map(InstanceInfo::id))
                .containsExactlyElementsOf(wrong);
        assertThat(first).hasSize(4);
        assertThat(list(route.workflow(), Set.of(InstanceStatus.FAILED), null))
                .containsExactly(wrong.get(2), wrong.get(5), wrong.get(8));
    }

    @Test
    void oneThatIsRetriedIsNoLongerListedAsFailed() {
        Worker worker = worker();
        var run = running(worker);
        worker.leave(run.claim(), fail("failed"));
        String workflow = run.route().workflow();
        assertThat(list(workflow, Set.of(InstanceStatus.FAILED), null))
                .containsExactly(run.claim().id());

        commit(Samples.retry(run.claim().id()));

        assertThat(list(workflow, Set.of(InstanceStatus.FAILED), null)).isEmpty();
    }

    private List<String> list(String workflow, Set<InstanceStatus> statuses, @Nullable Instant endedAfter) {
        return storage()
                .instances()
                .list(new InstanceQuery(workflow, statuses, endedAfter, Long.MAX_VALUE, 100))
                .stream()
                .map(InstanceInfo::id)
                .toList();
    }
}
