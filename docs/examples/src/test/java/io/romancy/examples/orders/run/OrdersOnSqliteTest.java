package io.romancy.examples.orders.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class OrdersOnSqliteTest {
    @TempDir
    private Path dir;

    @Test
    void addsUpHoweverOftenItIsKilled() throws Exception {
        addsUpAfterKills(4, "--orders", "250", "--per-second", "25");
    }

    @Tag("soak")
    @Test
    void addsUpAfterManyKills() throws Exception {
        addsUpAfterKills(30, "--orders", "2500", "--per-second", "25");
    }

    @Test
    void goesOnAfterItWasAskedToStop() throws Exception {
        String[] options = {"--orders", "40"};
        try (var first = OrdersProcess.start(dir, options)) {
            first.awaitCharged(1);
            first.askToStop();
            assertThat(first.awaitEnd(143)).contains("Stopped. The same command goes on.");
        }
        try (var second = OrdersProcess.start(dir, options)) {
            assertThat(second.awaitEnd(0)).contains(OrdersProcess.ADDS_UP, "started 2 times");
        }
    }

    /** Fewer orders a second than it can do, so that no life sees the end before it is killed. */
    private void addsUpAfterKills(int kills, String... options) throws IOException, InterruptedException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int life = 1; life <= kills; life++) {
            try (var run = OrdersProcess.start(dir, options)) {
                run.await("that it began", line -> line.contains(" orders on SQLite"));
                run.killAfter(random.nextInt(500, 3_000));
            }
        }
        try (var last = OrdersProcess.start(dir, options)) {
            assertThat(last.awaitEnd(0))
                    .as("seed %d, logs in %s", seed, dir)
                    .contains(OrdersProcess.ADDS_UP, "started " + (kills + 1) + " times");
        }
    }
}
