package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.TopicMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database finds itself in another cluster, where transactions of others are under way. */
class RestoredElsewhereTest extends RaceTest {
    private static final ChannelName NEWS = new ChannelName(ChannelName.Kind.TOPIC, "news");

    @BeforeEach
    void subscribeAndRestore() throws SQLException {
        worker.leave(
                worker.born("r", new Route("w", 1)),
                new Transition.Suspend(Set.of(NEWS), null),
                new Change.Subscribe(NEWS, TopicMode.BROADCAST));
        gate.execute("UPDATE romancy.meta SET system_identifier = 1");
        gate.execute("UPDATE romancy.sub SET since = '900000000:900000000:'");
        gate.open();
    }

    @Test
    void whatWasOnItsWayIsDeliveredThoughALaterTransactionEndedFirst() throws Exception {
        worker.commit(news());
        gate.execute("""
                CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN new; END $$""");
        gate.execute("CREATE TRIGGER stop BEFORE UPDATE ON romancy.meta FOR EACH ROW EXECUTE FUNCTION stop()");
        gate.open();
        gate.closeForStalled();
        Future<Storage> opened = inBackground(() -> open("after"));
        gate.awaitWaiting(1);
        gate.number("SELECT pg_current_xact_id()::text::bigint");
        gate.open();

        try (Storage after = result(opened)) {
            assertThat(after.messages().dispatch(10).woken()).hasSize(1);
        }
    }

    @Test
    void whatAnOlderTransactionPublishesAfterwardsIsDelivered() throws Exception {
        var answers = storage.inTransaction(transaction -> {
            try (var statement = transaction.unwrap(Connection.class).createStatement()) {
                statement.execute("SELECT pg_current_xact_id()");
            }
            open("after").close();
            return storage.runs().commit(transaction, List.of(news()));
        });

        assertThat(answers).hasOnlyElementsOfType(CommitResult.Accepted.class);
        assertThat(storage.messages().dispatch(10).woken()).hasSize(1);
    }

    @Test
    void whatIsPublishedAfterwardsIsDelivered() {
        open("after").close();
        worker.commit(news());

        assertThat(storage.messages().dispatch(10).woken()).hasSize(1);
    }

    private static Commit news() {
        return new Commit.Publish(
                new NewMessage("m", NEWS, TopicMode.BROADCAST, null, null, Map.of(), Actors.payload("news")));
    }
}
