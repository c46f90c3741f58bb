package io.romancy.examples.orders.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersOnSqliteTest {
    private static final String ADDS_UP = "It adds up: no order lost, none charged twice, none shipped twice.";

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
            assertThat(second.awaitEnd(0)).contains(ADDS_UP, "started 2 times");
        }
    }

    @Test
    void findsWhatDoesNotAddUp() throws Exception {
        String[] options = {"--orders", "20"};
        try (var run = OrdersProcess.start(dir, options)) {
            assertThat(run.awaitEnd(0)).contains(ADDS_UP);
        }
        tamper();
        try (var audit = OrdersProcess.start(dir, options)) {
            assertThat(audit.awaitEnd(1))
                    .contains("IT DOES NOT ADD UP")
                    .contains("customers charged 2 times")
                    .contains("nothing under letters sent")
                    .contains("was never ordered, and the world has worked for it");
        }
    }

    @Test
    void refusesToMixTwoRuns() throws Exception {
        try (var run = OrdersProcess.start(dir, "--orders", "5")) {
            run.awaitEnd(0);
        }
        try (var other = OrdersProcess.start(dir, "--orders", "6")) {
            assertThat(other.awaitEnd(2)).contains("holds 5 orders, and not the 6 of seed 1");
        }
        try (var fresh = OrdersProcess.start(dir, "--orders", "6", "--fresh")) {
            assertThat(fresh.awaitEnd(0)).contains(ADDS_UP, "started 1 time.");
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
                    .contains(ADDS_UP, "started " + (kills + 1) + " times");
        }
    }

    /** Charges one customer under another key, loses a letter, and does something that nobody asked for. */
    private void tamper() throws SQLException {
        var world = dir.resolve("sqlite").resolve("world.db");
        assertThat(Files.exists(world)).isTrue();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + world);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("""
                            INSERT INTO deed (service, key, order_id, cents, calls)
                            SELECT service, 'another key', order_id, cents, 1 FROM deed WHERE service = 'CHARGE' LIMIT 1
                            """)).isOne();
            assertThat(statement.executeUpdate("""
                            DELETE FROM deed WHERE number = (SELECT max(number) FROM deed WHERE service = 'THANK')
                            """)).isOne();
            assertThat(statement.executeUpdate("INSERT INTO deed VALUES (999, 'SHIP', 'a key', 'order-999999', 1, 1)"))
                    .isOne();
        }
    }
}
