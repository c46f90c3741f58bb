package io.romancy.examples.orders.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The report finds what does not add up, and the command refuses to count two runs as one. */
@Execution(ExecutionMode.CONCURRENT)
class OrdersAuditTest {
    @TempDir
    private Path dir;

    @Test
    void findsWhatDoesNotAddUp() throws Exception {
        String[] options = {"--orders", "20"};
        try (var run = OrdersProcess.start(dir, options)) {
            assertThat(run.awaitEnd(0)).contains(OrdersProcess.ADDS_UP);
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
            assertThat(fresh.awaitEnd(0)).contains(OrdersProcess.ADDS_UP, "started 1 time.");
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
