package io.romancy.examples.orders.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersOnPostgresTest {
    private static final int SECONDS_TO_NOTICE = 60;

    @TempDir
    private Path dir;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void addsUpThoughWorkersAndThenEverythingIsKilled() throws Exception {
        addsUpAfterKills(1, 2, "--orders", "250", "--per-second", "20");
    }

    @Tag("soak")
    @Test
    void addsUpAfterManyKills() throws Exception {
        addsUpAfterKills(6, 3, "--orders", "4000", "--per-second", "20");
    }

    @AfterEach
    void leaveNoServerBehind() throws IOException {
        LocalPostgres.stopIfRunning(dir.resolve("postgres").resolve("cluster"));
    }

    /** Fewer orders a second than it can do, so that no life sees the end before it is killed. */
    private void addsUpAfterKills(int lives, int workersInEach, String... options) throws Exception {
        for (int life = 1; life <= lives; life++) {
            try (var run = start(options)) {
                var server = life == 1 ? "PostgreSQL started" : "PostgreSQL found running";
                run.await(server, line -> line.contains(server));
                run.awaitCharged(1);
                killWorkers(run, workersInEach);
                var orphans = run.killAfter(random.nextInt(1, 1_000));
                awaitEnd(orphans);
            }
        }
        try (var last = start(options)) {
            last.await("that the server is found", line -> line.contains("PostgreSQL found running"));
            killWorkers(last, 1);
            assertThat(last.awaitEnd(0))
                    .as("seed %d, logs in %s", seed, dir)
                    .contains(OrdersProcess.ADDS_UP)
                    .contains("started " + (lives + 1) + " times")
                    .contains("in this life 1 dead worker");
        }
        assertThat(dir.resolve("postgres").resolve("cluster").resolve("postmaster.pid"))
                .as("what a running server leaves in its folder")
                .doesNotExist();
    }

    private OrdersProcess start(String... options) throws IOException {
        Files.createDirectories(dir);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--postgres");
        return OrdersProcess.start(dir, all.toArray(String[]::new));
    }

    /** Kills this many workers, one after the other, each at a random moment after the last one was replaced. */
    private void killWorkers(OrdersProcess run, int count) throws InterruptedException {
        for (int killed = 1; killed <= count; killed++) {
            run.await("that three workers live", line -> line.contains("3 workers"));
            var workers = new ArrayList<>(run.workers());
            Collections.shuffle(workers, random);
            var victim = workers.getFirst();
            assertThat(victim.destroyForcibly()).isTrue();
            int sofar = killed;
            run.await("that it was replaced", line -> line.contains("(" + sofar + " started again)"));
        }
    }

    private static void awaitEnd(List<ProcessHandle> orphans) throws Exception {
        assertThat(orphans).as("workers that lost their coordinator").isNotEmpty();
        for (var orphan : orphans) {
            orphan.onExit().get(SECONDS_TO_NOTICE, TimeUnit.SECONDS);
        }
    }
}
