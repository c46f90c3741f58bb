package io.romancy.postgres.outage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresTest;
import io.romancy.testkit.scenario.Scenario;
import io.romancy.testkit.scenario.ScenarioSetting;
import io.romancy.testkit.scenario.ScenarioWorker;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that refuses what became of some events, as by a trigger of somebody's: they hold up their keys and nothing else. */
@PostgresTest
class RefusedOutcomesTest extends Scenario implements OutboxPublisher {
    /** Enough for all lanes. */
    private static final int EVENTS = 300;

    private static PostgresDatabase database;

    private final Set<String> published = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void use(PostgresDatabase created) {
        database = created;
    }

    @Override
    protected ScenarioSetting open() {
        return new ScenarioSetting(database.url(), Map.of(), ListenNotify.AUTO, true);
    }

    @Override
    public boolean accepts(String type) {
        return true;
    }

    @Override
    public void publish(OutboxRecord event) {
        published.add(event.key());
    }

    @Test
    void aSecondRelayerGetsItsShareOfTheLanes() throws Exception {
        ScenarioWorker first = worker(options -> options.publisher(this));
        refuseWhatBecomesOf("bad");
        add(first.romancy(), "bad");
        awaitAll("bad");

        ScenarioWorker second = worker(options -> options.publisher(this));

        await("both hold a half", () -> lanesOf(first) == lanesOf(second));
        add(first.romancy(), "good");
        awaitAll("good");
    }

    private void awaitAll(String type) {
        await(
                "all of " + type,
                () -> published.stream().filter(key -> key.startsWith(type)).count() == EVENTS);
    }

    private void add(Romancy romancy, String type) throws Exception {
        romancy.inTransaction(transaction -> {
            for (int i = 0; i < EVENTS; i++) {
                romancy.outbox().add(OutboxEvent.of(type, "x").key(type + i));
            }
            return type;
        });
    }

    private static void refuseWhatBecomesOf(String type) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN IF NEW.type = '%s' THEN RAISE EXCEPTION 'refused on purpose'; END IF; RETURN NEW; END $$
                    """.formatted(type));
            statement.execute(
                    "CREATE TRIGGER refuse BEFORE UPDATE ON romancy.outbox FOR EACH ROW EXECUTE FUNCTION refuse()");
        }
    }

    private static long lanesOf(ScenarioWorker worker) {
        try (var connection = database.connect();
                var query = connection.prepareStatement("SELECT count(*) FROM romancy.outbox_lane WHERE owner = ?")) {
            query.setObject(1, requireNonNull(worker.romancy().status().node()).value());
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
