package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.postgres.EmbeddedServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast it is on a server that flushes what it commits: batches of two threads against the plainest program there is, 32 connections
 * that insert row by row. Absolute numbers belong to a machine; the comparison must hold on every one.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThroughputTest {
    private static final Logger LOG = LoggerFactory.getLogger(ThroughputTest.class);
    private static final int COMMITTERS = 2;
    private static final int RAW_CONNECTIONS = 32;
    private static final Duration SPAN = Duration.ofSeconds(6);
    private static final Payload BODY = new Payload("json", new byte[100]);
    private static final Route ROUTE = new Route("throughput", 1);

    private final NodeId node = new NodeId(UUID.randomUUID());
    private EmbeddedServer server;
    private PostgresDatabase database;
    private Storage storage;
    private double rawRate;

    @BeforeAll
    void startServer() throws Exception {
        server = PostgresServer.startDurable();
        database = server.server().createDatabase();
        storage = TestDatabase.open(database.settings());
        storage.nodes().join(node, "throughput", Duration.ofHours(1));
        rawRate = rawInserts();
        LOG.info("raw single-row inserts, {} connections: {}/s", RAW_CONNECTIONS, Math.round(rawRate));
    }

    @AfterAll
    void stopServer() throws Exception {
        storage.close();
        database.close();
        server.close();
    }

    @Test
    void batchesOfStepsAreFasterThanSingleInserts() throws Exception {
        double best = 0;
        for (int batch : new int[] {1, 64, 128, 500}) {
            double rate = measure(() -> steps(batch));
            LOG.info("steps, batches of {}: {}/s", batch, Math.round(rate));
            best = Math.max(best, rate);
        }
        assertThat(best).isGreaterThan(rawRate);
    }

    @Test
    void batchesOfStartsAreFasterThanSingleInserts() throws Exception {
        double best = 0;
        for (int batch : new int[] {1, 64, 128, 500}) {
            double rate = measure(() -> () -> born(batch).size());
            LOG.info("starts, batches of {}: {}/s", batch, Math.round(rate));
            best = Math.max(best, rate);
        }
        assertThat(best).isGreaterThan(rawRate);
    }

    @Test
    void batchesOfWholeShortRunsAreFasterThanSingleInserts() throws Exception {
        double best = 0;
        for (int batch : new int[] {64, 128, 500}) {
            double rate = measure(() -> () -> {
                commit(born(batch).stream()
                        .<Commit>map(claim -> new Commit.OfRun(
                                claim, List.of(new Change.Append(step(0))), new Transition.Complete(BODY)))
                        .toList());
                return batch;
            });
            LOG.info("start, step and end together, batches of {}: {}/s", batch, Math.round(rate));
            best = Math.max(best, rate);
        }
        assertThat(best).isGreaterThan(rawRate / 2);
    }

    /** Each call writes the next step of each of its runs. */
    private Callable<Integer> steps(int batch) {
        List<Claim> claims = born(batch);
        var position = new AtomicInteger();
        return () -> {
            int next = position.getAndIncrement();
            commit(claims.stream()
                    .<Commit>map(claim -> new Commit.OfRun(claim, List.of(new Change.Append(step(next))), null))
                    .toList());
            return batch;
        };
    }

    private List<Claim> born(int batch) {
        List<Commit> starts = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            starts.add(new Commit.Start(
                    new NewInstance(UUID.randomUUID().toString(), ROUTE, BODY, "0123456789abcdef", node)));
        }
        return storage.runs().commit(starts).stream()
                .map(answer -> ((CommitResult.Born) answer).claim())
                .toList();
    }

    private void commit(List<Commit> batch) {
        RunStore runs = storage.runs();
        assertThat(runs.commit(batch)).hasOnlyElementsOfType(CommitResult.Taken.class);
    }

    private static StepRecord step(int position) {
        return new StepRecord(position, 1, "charge:" + position, BODY, Instant.EPOCH);
    }

    /** Items in a second, after a warm-up. */
    private static double measure(Callable<Callable<Integer>> work) throws Exception {
        rate(COMMITTERS, Duration.ofSeconds(1), work);
        return rate(COMMITTERS, SPAN, work);
    }

    private static double rate(int threads, Duration span, Callable<Callable<Integer>> work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            long begin = System.nanoTime();
            long end = begin + span.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<Integer> mine = work.call();
                counts.add(executor.submit(() -> {
                    long items = 0;
                    while (System.nanoTime() < end) {
                        items += mine.call();
                    }
                    return items;
                }));
            }
            long items = 0;
            for (Future<Long> count : counts) {
                items += count.get();
            }
            return items * 1e9 / (System.nanoTime() - begin);
        }
    }

    private double rawInserts() throws Exception {
        try (Connection connection = database.connect()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea)");
        }
        Callable<Callable<Integer>> inserter = () -> {
            Connection connection = database.connect();
            PreparedStatement insert = connection.prepareStatement("INSERT INTO raw (body) VALUES (?)");
            return () -> {
                insert.setBytes(1, BODY.data());
                return insert.executeUpdate();
            };
        };
        rate(RAW_CONNECTIONS, Duration.ofSeconds(1), inserter);
        return rate(RAW_CONNECTIONS, SPAN, inserter);
    }
}
