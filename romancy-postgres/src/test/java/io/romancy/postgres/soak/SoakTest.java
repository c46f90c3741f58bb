package io.romancy.postgres.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.testkit.postgres.LocalServer;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mixed work on three worker processes while processes, connections and the server die at random; then the books are read. Runs by name;
 * {@code -Dsoak.seconds=60} makes it short, {@code -Dsoak.seed} repeats the order of the mischief. What the processes logged is in
 * {@code target/soak}.
 */
@Tag("soak")
class SoakTest {
    private static final Logger LOG = LoggerFactory.getLogger(SoakTest.class);
    private static final int WORKERS = 3;
    private static final int AT_ONCE = 60;
    private static final Duration UNTIL_ALL_IS_DONE = Duration.ofMinutes(5);

    private final Duration length = Duration.ofSeconds(Long.getLong("soak.seconds", 600));
    private final long seed = Long.getLong("soak.seed", new Random().nextLong(1_000_000));
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    void nothingIsLostAndNothingIsTwiceWhateverDies() throws Exception {
        LOG.info("Soak of {} with -Dsoak.seed={}", length, seed);
        Path logs = Path.of("target", "soak", String.valueOf(seed));
        try (LocalServer server = LocalServer.start(Map.of("max_connections", "300"));
                PostgresDatabase database = server.server().createDatabase();
                PostgresProxy ofClient = PostgresProxy.inFrontOf(database)) {
            new SoakLedger(database.url()).create();
            try (Romancy client = SoakEngines.client(ofClient.url(database));
                    var fleet = new SoakFleet(database, logs, WORKERS);
                    var mischief = new Mischief(seed, server, database, fleet, ofClient)) {
                var caller = new Caller(client, (id, what) -> problems.add(id + " " + what));
                oneOfEach(caller);
                mischief.start();
                work(caller, mischief, fleet);
            }
            audit(database);
        }
        assertThat(problems).as("-Dsoak.seed=%d, logs in %s", seed, logs).isEmpty();
    }

    /** In peace, so that mischief meets workers that work. */
    private void oneOfEach(Caller caller) {
        for (SoakCase kind : SoakCases.ALL) {
            String id = kind.name() + "-first";
            begun.add(id);
            play(kind, caller, id);
        }
    }

    /** Begins work as long as the soak lasts, and ends when all of it has ended. */
    private void work(Caller caller, Mischief mischief, SoakFleet fleet) throws Exception {
        var places = new Semaphore(AT_ONCE);
        var kinds = new Random(seed);
        long end = System.nanoTime() + length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; System.nanoTime() < end; i++) {
                if (!places.tryAcquire(1, TimeUnit.SECONDS)) {
                    continue;
                }
                SoakCase kind = SoakCases.ALL.get(kinds.nextInt(SoakCases.ALL.size()));
                String id = kind.name() + "-" + i;
                begun.add(id);
                threads.execute(() -> {
                    play(kind, caller, id);
                    places.release();
                });
                Caller.pause(20);
            }
            String done = mischief.end();
            LOG.info("Mischief: {}; processes: {}; now everything works", done, fleet.started());
            threads.shutdown();
            if (!threads.awaitTermination(UNTIL_ALL_IS_DONE.toSeconds(), TimeUnit.SECONDS)) {
                problems.add("not all ended within " + UNTIL_ALL_IS_DONE);
                threads.shutdownNow();
            }
        }
    }

    private void play(SoakCase kind, Caller caller, String id) {
        try {
            kind.play(caller, id);
        } catch (Exception | Error e) {
            LOG.warn("{} failed", id, e);
            problems.add(id + " failed its caller: " + e);
        }
    }

    private void audit(PostgresDatabase database) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url());
                var path = connection.createStatement()) {
            path.execute("SET search_path = romancy, public");
            var books = new Books(connection);
            books.whole();
            for (String id : begun) {
                SoakCases.of(id).audit(books, id);
            }
            LOG.info(
                    "{} begun, {} instances, {} records, {} messages, {} events; {} bodies ran again; {} problems",
                    begun.size(),
                    books.rows("run"),
                    books.rows("step"),
                    books.rows("msg"),
                    books.rows("outbox"),
                    books.repeatedDeeds(),
                    books.problems().size());
            problems.addAll(books.problems());
            assertThat(List.of(books.rows("run"), books.rows("soak_published"))).allMatch(rows -> rows > 0);
        }
    }
}
