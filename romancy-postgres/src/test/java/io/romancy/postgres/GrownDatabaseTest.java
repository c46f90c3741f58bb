package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims stay fast in a database with a million finished instances and a hundred thousand that wait, while a transaction that does not end
 * keeps the server from cleaning up. Runs by name.
 */
@Tag("full")
class GrownDatabaseTest {
    private static final Logger LOG = LoggerFactory.getLogger(GrownDatabaseTest.class);
    private static final int FINISHED = 1_000_000;
    private static final int WAITING = 100_000;
    private static final int CLAIMS = 3_000;
    private static final Duration FAST = Duration.ofMillis(50);
    private static final Route ROUTE = new Route("flow7", 1);
    private static final Payload BODY = new Payload("json", new byte[50]);

    @Test
    void claimsStayFastWhileNothingCanBeCleanedUp() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Connection filling = database.connect();
                Connection holding = database.connect()) {
            GrownTables.fill(filling, FINISHED, WAITING);
            holding.setAutoCommit(false);
            holding.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var statement = holding.createStatement()) {
                statement.execute("SELECT count(*) FROM romancy.meta");
            }

            long[] nanos = claims(database.storage());

            long first = median(nanos, 0, 100);
            long last = median(nanos, CLAIMS - 100, CLAIMS);
            LOG.info("a claim takes {} us at first and {} us after {} of them", first / 1000, last / 1000, CLAIMS);
            assertThat(Duration.ofNanos(first)).isLessThan(FAST);
            assertThat(Duration.ofNanos(last)).isLessThan(FAST);
        }
    }

    /** Each starts an instance, claims it and ends it: three dead versions of its row, which stay. */
    private static long[] claims(Storage storage) {
        var node = new NodeId(UUID.randomUUID());
        storage.nodes().join(node, "grown", Duration.ofHours(1));
        long[] nanos = new long[CLAIMS];
        for (int i = 0; i < CLAIMS; i++) {
            storage.runs().commit(List.of(new Commit.Start(new NewInstance("new-" + i, ROUTE, BODY, "hash", null))));
            long begin = System.nanoTime();
            var batch = storage.runs().claim(new ClaimRequest(node, List.of(ROUTE), 10));
            nanos[i] = System.nanoTime() - begin;
            assertThat(batch.runs()).hasSize(1);
            storage.runs()
                    .commit(List.of(new Commit.OfRun(
                            batch.runs().getFirst().claim(), List.of(), new Transition.Complete(BODY))));
        }
        return nanos;
    }

    private static long median(long[] nanos, int from, int to) {
        long[] sorted = Arrays.copyOfRange(nanos, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
