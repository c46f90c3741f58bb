package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Runs that are in no index, because they were born in the hands of their worker: what that spares, and that none of them is lost. */
class ListingTest extends RaceTest {
    private static final Route ROUTE = new Route("young", 1);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final int AT_ONCE = 100;

    @Test
    void aShortRunEndsBesideItsBeginningAndTouchesNoIndexAndNoOtherTable() throws Exception {
        try (Storage ofItsOwn = open("short")) {
            var quick = Actors.on(ofItsOwn);
            for (int i = 0; i < 200; i++) {
                quick.commit(Actors.ending(quick.born("r" + i, ROUTE)));
            }
        }

        gate.awaitTrue("SELECT n_tup_upd = 200 FROM pg_stat_user_tables WHERE relname = 'run'");
        assertThat(gate.number("SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'run'"))
                .isEqualTo(200);
        assertThat(gate.number("SELECT count(*) FROM romancy.run WHERE last_pos = 0"))
                .isEqualTo(200);
        assertThat(gate.number("SELECT count(*) FROM romancy.step")).isZero();
    }

    @Test
    void aBirthThatWasOnItsWayWhileOthersWereListedIsTakenOverTheNextTime() throws Exception {
        gate.execute(
                Starts.births(new Schema("romancy"), false),
                params -> params.texts(new String[] {"late"})
                        .texts(new String[] {ROUTE.workflow()})
                        .texts(new String[] {ROUTE.text()})
                        .texts(new String[] {worker.node().toString()})
                        .texts(new String[] {"hash"})
                        .blobs(new byte[][] {Actors.payload("input").toBytes()}));
        worker.born("early", ROUTE);
        assertThat(storage.nodes().reap(AT_ONCE).runs()).isZero();

        gate.open();
        endLeases();

        assertThat(storage.nodes().reap(AT_ONCE).runs()).isEqualTo(2);
        assertThat(storage.instances().find("late").orElseThrow().status()).isEqualTo(InstanceStatus.READY);
    }

    @Test
    void aRunThatWasLockedWhileOthersWereListedIsTakenOverTheNextTime() throws Exception {
        worker.born("locked", ROUTE);
        worker.born("free", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'locked' FOR NO KEY UPDATE");
        endLeases();

        assertThat(storage.nodes().reap(AT_ONCE).runs()).isEqualTo(1);

        gate.open();
        assertThat(storage.nodes().reap(AT_ONCE).runs()).isEqualTo(1);
    }

    @Test
    void aRunThatWasLockedWhenAskedForIsKnownToBeOwnedTheNextTime() throws Exception {
        worker.born("locked", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'locked' FOR NO KEY UPDATE");
        assertThat(storage.nodes().owned(worker.node(), -1, AT_ONCE)).isEmpty();

        gate.open();

        assertThat(storage.nodes().owned(worker.node(), -1, AT_ONCE)).hasSize(1);
    }

    @Test
    void twoWhoListAtTheSameTimeDoNotUndoEachOther() throws Exception {
        worker.born("one", ROUTE);
        gate.execute("UPDATE romancy.run SET listed = true");
        gate.execute("UPDATE romancy.mark m SET no = r.no + 1 FROM romancy.run r WHERE m.name = 'listed'");
        worker.born("two", ROUTE);
        endLeases();
        Future<Integer> reaped =
                inBackground(() -> storage.nodes().reap(AT_ONCE).runs());
        gate.awaitWaiting(1);

        gate.open();

        assertThat(result(reaped)).isEqualTo(2);
        assertThat(gate.number(
                        "SELECT count(*) FROM romancy.mark m, romancy.run r WHERE m.name = 'listed' AND r.no < m.no"))
                .isEqualTo(2);
    }

    @Test
    void aRunThatOutlivesALookIsListedAndNoLookComesBackToIt() throws Exception {
        var longer = worker.born("longer", ROUTE);
        worker.commit(Actors.ending(worker.born("shorter", ROUTE)));

        storage.nodes().reap(AT_ONCE);

        assertThat(gate.number("SELECT count(*) FROM romancy.run WHERE listed AND listed_owner = owner"))
                .isEqualTo(1);
        assertThat(gate.number(
                        "SELECT count(*) FROM romancy.mark m, romancy.run r WHERE m.name = 'listed' AND r.no < m.no"))
                .isEqualTo(2);
        worker.commit(Actors.ending(longer));
        assertThat(gate.number("SELECT count(*) FROM romancy.run WHERE listed_end IS NOT NULL AND id = 'longer'"))
                .isEqualTo(1);
    }

    @Test
    void oneLookIsNotEnoughForVeryManyNumbersAndTheyAreLookedThroughAllTheSame() throws Exception {
        worker.born("before", ROUTE);
        gate.number("SELECT setval('romancy.run_no', 345678)");
        worker.born("after", ROUTE);
        endLeases();

        assertThat(storage.nodes().reap(AT_ONCE).runs()).isEqualTo(2);
    }

    @Test
    void whatEndedUnlistedIsPurgedByItsNumberAndALockedOneTheNextTime() throws Exception {
        for (int i = 0; i < 3; i++) {
            worker.commit(Actors.ending(worker.born("r" + i, ROUTE)));
        }
        storage.upkeep().advanceClock(RETENTION.plusHours(1));
        gate.execute("SELECT FROM romancy.run WHERE id = 'r1' FOR NO KEY UPDATE");

        assertThat(storage.upkeep().purge(RETENTION, AT_ONCE)).isEqualTo(2);

        gate.open();
        assertThat(storage.upkeep().purge(RETENTION, AT_ONCE)).isEqualTo(1);
    }

    @Test
    void aRunThatAPurgePassedByIsPurgedWhenItHasEnded() throws Exception {
        List<Claim> waiting = new ArrayList<>();
        for (String id : List.of("waits", "runs", "runs on")) {
            waiting.add(worker.born(id, ROUTE));
        }
        worker.leave(waiting.get(0), Actors.pause());
        worker.commit(Actors.ending(worker.born("ended", ROUTE)));
        storage.upkeep().advanceClock(RETENTION.plusHours(1));
        assertThat(storage.upkeep().purge(RETENTION, AT_ONCE)).isEqualTo(1);

        worker.claim(ROUTE).forEach(run -> worker.commit(Actors.ending(run.claim())));
        worker.commit(Actors.ending(waiting.get(1)));
        worker.commit(Actors.ending(waiting.get(2)));
        storage.upkeep().advanceClock(RETENTION.plusHours(1));

        assertThat(storage.upkeep().purge(RETENTION, AT_ONCE)).isEqualTo(3);
        assertThat(gate.number("SELECT count(*) FROM romancy.run")).isZero();
    }

    private void endLeases() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE romancy.node SET lease_until = now() - interval '1 second'");
        }
    }
}
