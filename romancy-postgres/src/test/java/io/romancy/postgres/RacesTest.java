package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Races between statements, each made by holding one of them where it hurts. */
class RacesTest extends RaceTest {
    private static final Route ROUTE = new Route("race", 1);

    @Test
    void aClaimWhoseSnapshotIsOlderThanItsLockReadsTheHistoryAgain() throws Exception {
        var born = worker.born("r", ROUTE);
        worker.leave(born, Actors.pause(), Actors.step(0));
        Gate.install(database);
        try (Storage stalled = open("stalled")) {
            var slow = Actors.on(stalled);
            gate.closeForStalled();
            Future<List<ClaimedRun>> claimed = inBackground(() -> slow.claim(ROUTE));
            gate.awaitWaiting(1);

            var between = worker.claim(ROUTE).getFirst();
            worker.leave(between.claim(), Actors.pause(), Actors.step(1));
            gate.open();

            assertThat(result(claimed)).singleElement().satisfies(run -> {
                assertThat(run.claim().fence()).isEqualTo(between.claim().fence() + 1);
                assertThat(run.history()).extracting(step -> step.position()).containsExactly(0, 1);
            });
        }
    }

    @Test
    void aStalledAppendIsRefusedAfterATakeOver() throws Exception {
        var claim = worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET fence = fence + 1");
        Future<CommitResult> append = inBackground(() -> worker.append(claim, 0));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(append)).isInstanceOf(CommitResult.Fenced.class);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isZero();
    }

    @Test
    void aTakeOverWaitsForNobodyAndIsLateWhenTheAppendCameFirst() throws Exception {
        var claim = worker.born("r", ROUTE);
        gate.execute("SELECT FROM romancy.run FOR NO KEY UPDATE");

        assertThat(storage.nodes().reap(10).runs()).isZero();
        assertThat(Actors.on(storage).claim(ROUTE)).isEmpty();

        gate.open();
        assertThat(worker.append(claim, 0)).isInstanceOf(CommitResult.Taken.class);
    }

    @Test
    void oneBusyRunDelaysNoOther() throws Exception {
        var busy = worker.born("busy", ROUTE);
        var free = worker.born("free", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'busy' FOR NO KEY UPDATE");
        Future<List<CommitResult>> answers = inBackground(
                () -> storage.runs().commit(List.of(Actors.appending(busy, 0), Actors.appending(free, 0))));

        gate.awaitTrue("SELECT count(*) = 1 FROM romancy.step WHERE run = " + free.run());
        gate.open();

        assertThat(result(answers)).hasSize(2).hasOnlyElementsOfType(CommitResult.Taken.class);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isEqualTo(2);
    }

    @Test
    void aBusyStepBesideAnEndIsWrittenWhenItsRowIsFree() throws Exception {
        var busy = worker.born("busy", ROUTE);
        var free = worker.born("free", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'busy' FOR NO KEY UPDATE");
        Future<List<CommitResult>> answers =
                inBackground(() -> storage.runs().commit(List.of(Actors.appending(busy, 0), Actors.ending(free))));

        gate.awaitTrue("SELECT state = 4 FROM romancy.run WHERE id = 'free'");
        gate.open();

        assertThat(result(answers)).hasSize(2).hasOnlyElementsOfType(CommitResult.Taken.class);
        assertThat(storage.runs().history(busy.run(), 0, 10)).hasSize(1);
        assertThat(storage.runs().history(free.run(), 0, 10)).hasSize(1);
    }

    @Test
    void aTransitionThatWaitedForADispatchSeesThatItMoved() throws Exception {
        var claim = worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET wake = wake + 1");
        Future<CommitResult> suspended = inBackground(() -> worker.leave(claim, Actors.waitForMail(), Actors.step(0)));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(suspended)).isEqualTo(new CommitResult.Moved(claim.wake() + 1, null));
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isZero();
    }

    @Test
    void ofEndsThatWaitedForATakeOverOnlyTheOneThatWasTakenOverIsRefused() throws Exception {
        var lost = worker.born("lost", ROUTE);
        var kept = worker.born("kept", ROUTE);
        gate.execute("UPDATE romancy.run SET fence = fence + 1, wake = wake + 1 WHERE id = 'lost'");
        Future<List<CommitResult>> ends =
                inBackground(() -> storage.runs().commit(List.of(Actors.ending(lost), Actors.ending(kept))));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(ends).get(0)).isInstanceOf(CommitResult.Fenced.class);
        assertThat(result(ends).get(1)).isInstanceOf(CommitResult.Taken.class);
        assertThat(storage.runs().history(lost.run(), 0, 10)).isEmpty();
        assertThat(storage.runs().history(kept.run(), 0, 10)).hasSize(1);
        assertThat(storage.instances().find("kept").orElseThrow().status()).isEqualTo(InstanceStatus.COMPLETED);
    }

    @Test
    void endsThatAreSentAgainAreAnsweredAsTheFirstTime() {
        List<Commit> batch =
                List.of(Actors.ending(worker.born("one", ROUTE)), Actors.ending(worker.born("other", ROUTE)));
        List<CommitResult> first = storage.runs().commit(batch);

        List<CommitResult> again = storage.runs().commit(batch);

        assertThat(first).hasOnlyElementsOfType(CommitResult.Taken.class);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aBatchThatIsSentAgainIsAnsweredAsTheFirstTime() {
        var goesOn = worker.born("goes-on", ROUTE);
        var ends = worker.born("ends", ROUTE);
        List<Commit> batch = List.of(Actors.appending(goesOn, 0), Actors.ending(ends));
        List<CommitResult> first = storage.runs().commit(batch);

        List<CommitResult> again = storage.runs().commit(batch);

        assertThat(again).isEqualTo(first).hasOnlyElementsOfType(CommitResult.Taken.class);
    }

    @Test
    void aDispatchThatDiesWhileItWaitsLosesNothing() throws Exception {
        var claim = worker.born("r", ROUTE);
        worker.leave(claim, Actors.waitForMail());
        worker.send("m", "r");
        gate.execute("SELECT FROM romancy.run FOR NO KEY UPDATE");
        Future<DispatchResult> dispatch = inBackground(() -> storage.messages().dispatch(10));
        gate.awaitTrue("""
                SELECT bool_or(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()
                AND wait_event_type = 'Lock'""".replace("bool_or", "count(*) > 0 AND bool_or"));
        assertThatThrownBy(() -> result(dispatch))
                .cause()
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());
        gate.open();

        var second = storage.messages().dispatch(10);

        assertThat(second.woken()).extracting(DispatchResult.Woken::id).containsExactly("r");
        assertThat(worker.claim(ROUTE).getFirst().mailbox()).hasSize(1);
    }

    @Test
    void aMessageWhoseTargetEndsWhileItsDispatchWaitsIsDropped() throws Exception {
        worker.born("r", ROUTE);
        worker.send("m", "r");
        gate.execute("UPDATE romancy.run SET state = 4, owner = NULL, ended_at = now()");

        assertThat(droppedBehindTheGate()).isEqualTo(1);
        assertThat(gate.number("SELECT count(*) FROM romancy.delivery")).isZero();
        assertThat(gate.number("SELECT count(*) FROM romancy.msg WHERE seq IS NULL"))
                .isZero();
    }

    @Test
    void aDispatchThatHoldsALaneLeavesTheOthersToOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            worker.born("r" + i, ROUTE);
            worker.send("m" + i, "r" + i);
        }
        gate.execute("SELECT FROM romancy.lane WHERE no = " + Lanes.ofTarget("r0") + " FOR NO KEY UPDATE");
        int done = dispatchAll();

        assertThat(done).isLessThan(20).isPositive();
        gate.open();
        assertThat(done + dispatchAll()).isEqualTo(20);
    }

    @Test
    void aMessageOnTheShortWayWhoseLaneIsTakenIsWrittenAndLeftToOthers() throws Exception {
        worker.leave(worker.born("r", ROUTE), Actors.waitForMail());
        gate.execute("SELECT FROM romancy.lane WHERE no = " + Lanes.ofTarget("r") + " FOR NO KEY UPDATE");

        var delivery = storage.deliver(List.of(Actors.mail("m", "r")), null);

        assertThat(delivery.answers()).singleElement().isInstanceOf(CommitResult.Accepted.class);
        assertThat(delivery.dispatched().contended()).isTrue();
        assertThat(delivery.dispatched().woken()).isEmpty();
        gate.open();
        assertThat(storage.messages().dispatch(10).woken()).hasSize(1);
    }

    @Test
    void aMessageOnTheShortWayThatMeetsALockedRunIsWrittenAndDispatchedLater() throws Exception {
        worker.leave(worker.born("r", ROUTE), Actors.waitForMail());
        gate.execute("SELECT FROM romancy.run FOR NO KEY UPDATE");

        var delivery = storage.deliver(List.of(Actors.mail("m", "r")), null);

        assertThat(delivery.answers()).singleElement().isInstanceOf(CommitResult.Accepted.class);
        assertThat(delivery.dispatched().isUnfinished()).isTrue();
        gate.open();
        assertThat(storage.messages().dispatch(10).woken()).hasSize(1);
    }

    @Test
    void aLoneMessageThatWaitedForADispatchBringsWhatThatDelivered() throws Exception {
        worker.leave(worker.born("r", ROUTE), Actors.waitForMail());
        worker.born("s", ROUTE);
        worker.send("pattern", "s");
        storage.messages().dispatch(10);
        gate.execute("INSERT INTO romancy.msg (at, seq, lane, kind, channel, uid, target, body) SELECT at,"
                + " nextval('romancy.msg_seq'), lane, kind, channel, 'between', 'r', body FROM romancy.msg");
        gate.execute("INSERT INTO romancy.delivery SELECT r.no, m.seq, m.id FROM romancy.run r, romancy.msg m"
                + " WHERE r.id = 'r' AND m.uid = 'between'");
        gate.execute("UPDATE romancy.run SET wake = wake + 1 WHERE id = 'r'");
        Future<Delivery> delivered = inBackground(() ->
                storage.deliver(List.of(Actors.mail("m", "r")), new ClaimRequest(worker.node(), List.of(ROUTE), 10)));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(Objects.requireNonNull(result(delivered).claimed()).runs())
                .singleElement()
                .satisfies(run -> assertThat(run.mailbox()).hasSize(2));
    }

    @Test
    void aDispatcherThatFindsALaneTakenLooksAgainSoon() throws Exception {
        worker.born("r", ROUTE);
        worker.send("m", "r");
        gate.execute("SELECT FROM romancy.lane WHERE no = " + Lanes.ofTarget("r") + " FOR NO KEY UPDATE");

        var meanwhile = storage.messages().dispatch(10);
        gate.open();

        assertThat(meanwhile.contended()).isTrue();
        assertThat(meanwhile.dispatched()).isZero();
        assertThat(storage.messages().dispatch(10).contended()).isFalse();
    }

    @Test
    void aRunWhoseOwnerIsUnknownIsMadeReadyAgain() throws Exception {
        var claim = worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET owner = '" + UUID.randomUUID() + "'");
        gate.open();

        assertThat(storage.nodes().reap(10).runs()).isEqualTo(1);

        assertThat(storage.instances().find("r").orElseThrow().status()).isEqualTo(InstanceStatus.READY);
        assertThat(worker.append(claim, 0)).isInstanceOf(CommitResult.Fenced.class);
    }

    /** The reaper saw it with a dead owner, and locks it when it has a living one; which may have come after the reaper's snapshot. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatALivingWorkerClaimedSinceTheReapersSnapshotIsLeftToIt(boolean isNewcomer) throws Exception {
        worker.born("first", ROUTE);
        worker.born("second", ROUTE);
        gate.execute("UPDATE romancy.run SET owner = '" + UUID.randomUUID() + "'");
        gate.open();
        Gate.install(database);
        try (Storage stalled = open("stalled")) {
            gate.closeForStalled();
            // It holds the first by then, and comes to the second afterwards.
            Future<Integer> reaped = inBackground(() -> stalled.nodes().reap(10).runs());
            gate.awaitWaiting(1);

            assertThat(storage.nodes().reap(10).runs()).isEqualTo(1);
            var living = isNewcomer ? Actors.on(storage) : worker;
            var claim = living.claim(ROUTE).getFirst().claim();
            gate.open();

            assertThat(result(reaped)).isEqualTo(1);
            assertThat(claim.id()).isEqualTo("second");
            assertThat(living.append(claim, 0)).isInstanceOf(CommitResult.Taken.class);
        }
    }

    /** It saw them free, and locks them when they have an owner, which joined after its snapshot. */
    @Test
    void lanesThatANewcomerTookSinceTheSnapshotAreLeftToIt() throws Exception {
        var slow = HotStatement.plain(
                new Schema("romancy"),
                OutboxSql.HOLD.replaceFirst(
                        "FROM \\{living}", "FROM (SELECT pg_advisory_xact_lock_shared(4711)) gate, {living}"));
        gate.closeForStalled();
        Future<Integer> taken = inBackground(() -> takeLanes(slow));
        gate.awaitWaiting(1);

        var newcomer = Actors.on(storage);
        var lanes = storage.outbox().hold(newcomer.node()).lanes();
        gate.open();

        assertThat(result(taken)).isZero();
        assertThat(lanes).hasSize(64);
        assertThat(storage.outbox().heads(newcomer.node(), lanes, 1).lanes()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoStartsOfOneIdThatMeetFindEachOther(boolean isSaidToBeTheFirst) throws Exception {
        gate.execute("""
                INSERT INTO romancy.run (no, fence, wake, run_at, started_at, state, id, name, route, start_hash, input)
                VALUES (nextval('romancy.run_no'), 0, 0, now(), now(), 0, 'r', 'race', 'race/1', 'hash', 'x')""");
        Future<CommitResult> second = inBackground(() -> worker.commit(new Commit.Start(
                new NewInstance("r", ROUTE, Actors.payload("input"), "hash", null), isSaidToBeTheFirst)));
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(second)).isEqualTo(new CommitResult.Existing());
    }

    @Test
    void everyConnectionMayDieAndTheNextCallsWork() throws Exception {
        var claim = worker.born("r", ROUTE);
        gate.number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name LIKE 'romancy%'");

        CommitResult answer = null;
        for (int attempt = 0; answer == null && attempt < 20; attempt++) {
            try {
                answer = worker.append(claim, 0);
            } catch (StorageException e) {
                assertThat(e.isTransient()).isTrue();
            }
        }

        assertThat(answer).isInstanceOf(CommitResult.Taken.class);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isEqualTo(1);
    }

    private int takeLanes(HotStatement hold) throws SQLException {
        try (var connection = database.connect()) {
            return hold.execute(connection, params -> params.uuid(worker.node().value()), RacesTest::lanes);
        }
    }

    private static int lanes(ResultSet rows) throws SQLException {
        int lanes = 0;
        while (rows.next()) {
            lanes += rows.getObject(2) == null ? 0 : 1;
        }
        return lanes;
    }

    private int dispatchAll() {
        int all = 0;
        DispatchResult last;
        do {
            last = storage.messages().dispatch(100);
            all += last.dispatched();
        } while (last.saturated());
        return all;
    }
}
