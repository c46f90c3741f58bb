package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Route;
import io.romancy.testkit.net.Direction;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import io.romancy.testkit.postgres.PostgresTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who asks a server that says nothing any more gives up in time, and the application's transactions have all the time they want. */
@PostgresTest
class LongestAnswerTest {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Schema SCHEMA = new Schema("romancy");

    @Test
    void aReadGivesUpAServerThatSaysNothing(PostgresDatabase database) throws Exception {
        try (var proxy = PostgresProxy.inFrontOf(database);
                var pool = pool(proxy.url(database))) {
            var reads = new Database(pool, SCHEMA, LONGEST);
            ask(reads, "SELECT 1");
            proxy.network().stall(Direction.TO_CLIENT);

            assertGivesUp(inBackground(() -> ask(reads, "SELECT 2")), Duration.ofSeconds(60));

            proxy.network().heal();
            assertThat(ask(reads, "SELECT 3")).isEqualTo(3);
        }
    }

    @Test
    void theLimitIsOfThatReadOnly(PostgresDatabase database) throws Exception {
        try (var pool = pool(database.url())) {
            ask(new Database(pool, SCHEMA, LONGEST), "SELECT 1");

            try (Connection connection = new Database(pool, SCHEMA).borrow()) {
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }

    @Test
    void aShorterLimitOfTheUrlIsKept(PostgresDatabase database) throws Exception {
        try (var pool = pool(database.url() + "&socketTimeout=1")) {
            int limit = new Database(pool, SCHEMA, Duration.ofSeconds(30)).call("", Connection::getNetworkTimeout);

            assertThat(limit).isEqualTo(1000);
        }
    }

    @Test
    void outcomesAreReadWhileTheApplicationHoldsAllItsConnections(PostgresDatabase database) throws Exception {
        var settings = new StorageSettings(
                database.url(), null, null, null, true, ListenNotify.FALSE, null, Duration.ofSeconds(1), 1, Map.of());
        try (Storage storage = TestDatabase.open(settings)) {
            Actors.on(storage).born("r", new Route("w", 1));

            List<Outcome> seen =
                    storage.inTransaction(transaction -> storage.instances().outcomes(List.of("r")));

            assertThat(seen).extracting(Outcome::status).containsExactly(InstanceStatus.RUNNING);
        }
    }

    /** With the limit that holds in production: takes a minute. */
    @Test
    @Tag("full")
    void everyReadOfInstancesGivesUp(PostgresDatabase database) throws Exception {
        try (var proxy = PostgresProxy.inFrontOf(database);
                Storage storage = TestDatabase.open(StorageSettings.of(proxy.url(database)))) {
            var instances = storage.instances();
            List<Callable<?>> reads = List.of(
                    () -> instances.find("r"),
                    () -> instances.input("r"),
                    () -> instances.outcomes(List.of("r")),
                    instances::activeRoutes);
            for (Callable<?> read : reads) {
                read.call();
            }
            proxy.network().stall(Direction.TO_CLIENT);

            List<Future<?>> asked = new ArrayList<>();
            reads.forEach(read -> asked.add(inBackground(read)));
            for (Future<?> answer : asked) {
                assertGivesUp(answer, Duration.ofSeconds(90));
            }
        }
    }

    private static Future<?> inBackground(Callable<?> read) {
        var answer = new FutureTask<>(read);
        Thread.ofVirtual().start(answer);
        return answer;
    }

    private static void assertGivesUp(Future<?> answer, Duration within) {
        assertThatThrownBy(() -> answer.get(within.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isTransient()).isTrue());
    }

    private static int ask(Database database, String sql) {
        return database.call("Asking", connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** One connection, without a limit of its own. */
    private static HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(1);
        return pool;
    }
}
