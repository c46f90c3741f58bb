package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.StorageException;
import io.romancy.testkit.net.Filter;
import io.romancy.testkit.net.TcpProxy;
import io.romancy.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pools come back, whatever their first connection met. */
final class PoolsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final AtomicInteger cuts = new AtomicInteger();

    @Test
    void aPoolWhoseFirstConnectionBreaksWhileItIsSetUpConnectsAgain() {
        try (var database = PostgresServer.shared()
                        .createDatabase(
                                "migrated",
                                empty -> TestDatabase.open(empty.settings()).close());
                var proxy = proxy(URI.create(database.url().substring("jdbc:".length())))) {
            String url = database.url().replaceFirst("//[^/]+/", "//localhost:" + proxy.port() + "/");
            cuts.set(9); // three for each pool
            try (Storage storage = TestDatabase.open(StorageSettings.of(url + "&sslmode=disable"))) {
                long end = System.nanoTime() + DEADLINE.toNanos();
                while (!answers(storage) && System.nanoTime() - end < 0) {
                    assertThat(storage.capabilities()).isNotEmpty();
                }

                assertThat(answers(storage)).isTrue();
                assertThat(cuts.get()).as("connections were cut").isLessThan(9);
            }
        }
    }

    @Test
    void onlyAnApplicationMayWaitLongForAnAnswerUnlessTheUrlSaysHowLong() throws SQLException {
        try (var database = PostgresServer.shared().createDatabase()) {
            assertThat(networkTimeouts(database.url())).containsExactly(0, 60_000, 60_000);
            assertThat(networkTimeouts(database.url() + "&socketTimeout=60")).containsExactly(60_000, 60_000, 60_000);
        }
    }

    private static List<Integer> networkTimeouts(String url) throws SQLException {
        try (var pools = new Pools(StorageSettings.of(url), new StorageContext("test", "romancy_"));
                var application = pools.application().getConnection();
                var engine = pools.engine().getConnection();
                var lease = pools.lease().getConnection()) {
            return List.of(application.getNetworkTimeout(), engine.getNetworkTimeout(), lease.getNetworkTimeout());
        }
    }

    private TcpProxy proxy(URI server) {
        Filter cutting = (bytes, from, count, to) -> {
            if (new String(bytes, from, count, StandardCharsets.ISO_8859_1).contains("transaction_isolation")
                    && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("cut while a pool asks for the isolation level");
            }
            to.write(bytes, from, count);
        };
        return TcpProxy.to(server.getHost(), server.getPort(), () -> cutting);
    }

    private static boolean answers(Storage storage) {
        try {
            return storage.instances().find("nobody").isEmpty();
        } catch (StorageException e) {
            return !e.isTransient();
        }
    }
}
