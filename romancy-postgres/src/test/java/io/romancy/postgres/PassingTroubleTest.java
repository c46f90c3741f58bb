package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Trouble that will pass is never the answer to a commit: nothing was decided, and whoever sent it sends it again. */
class PassingTroubleTest extends RaceTest {
    private static final Route ROUTE = new Route("trouble", 1);
    private static final ChannelName NEWS = new ChannelName(ChannelName.Kind.TOPIC, "news");

    @Test
    void aCommitThatWasCancelledIsRefusedForNow() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        gate.execute("SELECT FROM romancy.run FOR NO KEY UPDATE");
        Future<?> cancelling = cancelling("pg_cancel_backend");

        assertRefusedForNow(worker.append(claim, 0));

        result(cancelling);
        gate.open();
        assertThat(worker.append(claim, 0)).isInstanceOf(CommitResult.Taken.class);
    }

    @Test
    void ofABatchThatTookTooLongTheRestIsWritten() throws Exception {
        Claim free = worker.born("free", ROUTE);
        Claim busy = worker.born("busy", ROUTE);
        gate.execute("SELECT FROM romancy.run WHERE id = 'busy' FOR NO KEY UPDATE");
        List<Commit> batch = List.of(Actors.appending(free, 0), Actors.appending(busy, 0));

        // Less than the time for which a statement waits for a lock.
        var url = database.settings().url() + "&options=-c%20statement_timeout=100";
        try (Storage hurried = TestDatabase.open(StorageSettings.of(url))) {
            List<CommitResult> answers = hurried.runs().commit(batch);
            assertThat(answers.getFirst()).isInstanceOf(CommitResult.Taken.class);
            assertRefusedForNow(answers.getLast());
        }

        assertThat(storage.runs().history(free.run(), 0, 10)).hasSize(1);
        gate.open();
        assertThat(storage.runs().commit(batch)).hasSize(2).hasOnlyElementsOfType(CommitResult.Taken.class);
    }

    @Test
    void aMessageWhoseTopicCouldNotBeLookedUpIsNotRefused() throws Exception {
        holdTopics();

        assertPasses(() -> worker.commit(news()), "pg_terminate_backend");

        assertThat(worker.commit(news())).isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void aMessageOnTheShortWayWhoseTopicCouldNotBeLookedUpIsNotRefused() throws Exception {
        holdTopics();

        assertPasses(() -> storage.deliver(List.of(news()), null), "pg_terminate_backend");

        assertThat(storage.deliver(List.of(news()), null).answers()).hasOnlyElementsOfType(CommitResult.Accepted.class);
    }

    @Test
    void aCommitWhoseTopicCouldNotBeLookedUpIsNotRefused() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        var subscribing = new Commit.OfRun(claim, List.of(new Change.Subscribe(NEWS, TopicMode.BROADCAST)), null);
        holdTopics();

        assertPasses(() -> worker.commit(subscribing), "pg_terminate_backend");

        assertThat(worker.commit(subscribing)).isInstanceOf(CommitResult.Taken.class);
    }

    @Test
    void inATransactionOfTheApplicationNothingIsLeftOfSuchABatch() throws Exception {
        var start = new Commit.Start(new NewInstance("r", ROUTE, Actors.payload("input"), "hash", null));
        holdTopics();

        storage.inTransaction(transaction -> {
            assertPasses(() -> storage.runs().commit(transaction, List.of(start, news())), "pg_terminate_backend");
            return true;
        });

        assertThat(storage.instances().find("r")).isEmpty();
    }

    @Test
    void aStepWhoseTopicCouldNotBeLookedUpTakesItsTransactionBack() throws Exception {
        Claim claim = worker.born("r", ROUTE);
        Commit step = new Commit.OfRun(claim, List.of(Actors.step(0), new Change.Publish(0, news().message())), null);
        gate.execute("CREATE TABLE account (balance integer)");
        gate.open();
        holdTopics();

        storage.inTransaction(transaction -> {
            try (var statement = transaction.unwrap(Connection.class).createStatement()) {
                statement.execute("INSERT INTO account VALUES (1)");
            }
            assertPasses(() -> storage.runs().commit(transaction, List.of(step)), "pg_terminate_backend");
            return true;
        });

        assertThat(gate.number("SELECT count(*) FROM account")).isZero();
    }

    private void holdTopics() throws SQLException {
        gate.execute("LOCK TABLE romancy.chan IN ACCESS EXCLUSIVE MODE");
    }

    private static Commit.Publish news() {
        return new Commit.Publish(
                new NewMessage("m", NEWS, TopicMode.BROADCAST, null, null, Map.of(), Actors.payload("news")));
    }

    /** Ends the call's statement while it waits for the gate, which is open afterwards. */
    private void assertPasses(Callable<?> call, String end) throws Exception {
        Future<?> ended = cancelling(end);
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());
        result(ended);
        gate.open();
    }

    private Future<?> cancelling(String end) {
        return inBackground(() -> {
            gate.awaitTrue("SELECT count(*) > 0 AND bool_or(" + end + "(pid)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
            return true;
        });
    }

    private static void assertRefusedForNow(CommitResult answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.error())
                                .isInstanceOfSatisfying(
                                        StorageException.class,
                                        e -> assertThat(e.isTransient()).isTrue()));
    }
}
