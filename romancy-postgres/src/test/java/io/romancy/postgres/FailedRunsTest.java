package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Delivery;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What runs that failed keep for a retry: in the way of nobody, lost in no race, and gone with them. */
class FailedRunsTest extends RaceTest {
    private static final Route ROUTE = new Route("failing", 1);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final ChannelName NEWS = new ChannelName(ChannelName.Kind.TOPIC, "news");

    @Test
    void aDispatchComesAcrossNoSubscriptionOfOneThatFailed() throws Exception {
        for (int i = 0; i < 3; i++) {
            fail(subscribed("r" + i));
        }

        assertThat(gate.number("SELECT count(*) FROM romancy.sub")).isEqualTo(3);
        assertThat(gate.number("SELECT count(*) FROM romancy.sub WHERE channel = 't:news'"))
                .isZero();

        worker.commit(new Commit.Retry("r1", 7, "key"));
        assertThat(gate.number("SELECT count(*) FROM romancy.sub s, romancy.run r"
                        + " WHERE s.channel = 't:news' AND s.run = r.no AND r.id = 'r1'"))
                .isEqualTo(1);
    }

    @Test
    void aMessageWhoseTargetFailsWhileItsDispatchWaitsIsKept() throws Exception {
        worker.born("r", ROUTE);
        worker.send("m", "r");
        gate.execute("UPDATE romancy.run SET state = 5, owner = NULL, ended_at = now()");

        assertThat(droppedBehindTheGate()).isZero();
        assertMailAfterRetry();
    }

    @Test
    void aLoneMessageWhoseTargetFailsMeanwhileIsKept() throws Exception {
        worker.born("r", ROUTE);
        gate.execute("UPDATE romancy.run SET state = 5, owner = NULL, ended_at = now()");
        Future<Delivery> delivery = inBackground(() -> storage.deliver(List.of(Actors.mail("m", "r")), null));
        gate.awaitWaiting(1);
        gate.open();

        assertThat(result(delivery).dispatched().dropped()).isZero();
        assertMailAfterRetry();
    }

    @Test
    void aCancellationWhoseTargetFailsWhileItsDispatchWaitsIsDropped() throws Exception {
        worker.born("r", ROUTE);
        storage.inTransaction(
                transaction -> storage.runs().commit(transaction, List.of(new Commit.Cancel("r", "reason"))));
        gate.execute("UPDATE romancy.run SET state = 5, owner = NULL, ended_at = now()");

        assertThat(droppedBehindTheGate()).isEqualTo(1);
        assertThat(gate.number("SELECT count(*) FROM romancy.run WHERE cancel IS NOT NULL"))
                .isZero();
    }

    @Test
    void nothingOfItIsLeftWhenItIsPurged() throws Exception {
        Claim claim = subscribed("r");
        worker.send("m", "r");
        storage.messages().dispatch(10);
        fail(claim.seen(1));
        assertThat(gate.number("SELECT count(*) FROM romancy.delivery")).isEqualTo(1);
        storage.upkeep().advanceClock(RETENTION.plusHours(1));

        storage.upkeep().purge(RETENTION, 10);

        for (String table : List.of("run", "step", "sub", "delivery", "msg")) {
            assertThat(gate.number("SELECT count(*) FROM romancy." + table))
                    .as(table)
                    .isZero();
        }
    }

    private Claim subscribed(String id) {
        Claim claim = worker.born(id, ROUTE);
        worker.commit(new Commit.OfRun(claim, List.of(new Change.Subscribe(NEWS, TopicMode.BROADCAST)), null));
        return claim;
    }

    private void fail(Claim claim) {
        assertThat(worker.leave(claim, new Transition.Fail(Actors.payload("failure")), Actors.first(0)))
                .isInstanceOf(CommitResult.Taken.class);
    }

    private void assertMailAfterRetry() {
        assertThat(worker.commit(new Commit.Retry("r", 7, "key"))).isInstanceOf(CommitResult.Accepted.class);
        assertThat(worker.claim(ROUTE))
                .singleElement()
                .satisfies(run -> assertThat(run.mailbox()).hasSize(1));
    }
}
