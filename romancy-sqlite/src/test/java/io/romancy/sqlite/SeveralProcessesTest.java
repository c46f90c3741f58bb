package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one file, and one that is killed while it writes. */
class SeveralProcessesTest {
    private static final int ROUNDS = 60;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 100;

    @TempDir
    Path folder;

    @Test
    void twoProcessesShareTheWorkAndEachRunIsCompletedOnce() throws Exception {
        Path file = folder.resolve("shared.db");
        Process other = WorkerProcess.spawn(file, "theirs", ROUNDS);
        List<String> acknowledged = new ArrayList<>();
        try (Storage storage = TestFiles.open(file, WorkerProcess.PATIENT);
                BufferedReader output = WorkerProcess.output(other)) {
            assertThat(output.readLine()).isEqualTo("started theirs-0"); // it is at work: so are we, from now on
            WorkerProcess.work(storage, "ours", ROUNDS, acknowledged::add);
            output.lines().forEach(acknowledged::add);
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();

            WorkerProcess.drain(storage, acknowledged::add);
            assertEachCompletedOnce(storage, acknowledged);
        } finally {
            other.destroyForcibly();
        }
        assertThat(TestFiles.query(file, "PRAGMA integrity_check")).containsExactly("ok");
    }

    private static void assertEachCompletedOnce(Storage storage, List<String> acknowledged) {
        assertThat(acknowledged.stream().filter(line -> line.startsWith("completed ")))
                .hasSize(2 * ROUNDS)
                .doesNotHaveDuplicates();
        List<InstanceInfo> all =
                storage.instances().list(new InstanceQuery(null, Set.of(), null, Long.MAX_VALUE, 1000));
        assertThat(all).hasSize(2 * ROUNDS).allSatisfy(info -> {
            assertThat(info.status()).isEqualTo(InstanceStatus.COMPLETED);
            assertThat(storage.runs().history(info.run(), 0, 10)).hasSize(1);
        });
    }

    @Test
    void aProcessThatIsKilledWhileItWritesLosesNothingThatWasAcknowledged() throws Exception {
        Path file = folder.resolve("killed.db");
        Process victim = WorkerProcess.spawn(file, "victim", Integer.MAX_VALUE);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output = WorkerProcess.output(victim)) {
            while (acknowledged.size() < ACKNOWLEDGED_BEFORE_THE_KILL) {
                String line = output.readLine();
                assertThat(line)
                        .as("the process ended by itself after %s", acknowledged)
                        .isNotNull();
                acknowledged.add(line);
            }
            victim.toHandle().destroyForcibly(); // of the handle: that of the process would also close its output
            assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
            output.lines().filter(SeveralProcessesTest::isWhole).forEach(acknowledged::add);
        } finally {
            victim.destroyForcibly();
        }

        assertThat(TestFiles.query(file, "PRAGMA integrity_check")).containsExactly("ok");
        try (Storage storage = TestFiles.open(file)) {
            assertThat(acknowledged).allSatisfy(line -> assertStillThere(storage, line));
            WorkerProcess.work(storage, "survivor", 1, acknowledged::add);
        }
        assertThat(acknowledged).contains("started survivor-0");
    }

    /** The last line may have been cut off by the kill; a whole one names an id with a number. */
    private static boolean isWhole(String line) {
        return line.matches("(started|stepped|completed) victim-\\d+");
    }

    private static void assertStillThere(Storage storage, String line) {
        String[] words = line.split(" ", 2);
        InstanceInfo info = storage.instances()
                .find(words[1])
                .orElseThrow(() -> new AssertionError("lost, though acknowledged: " + line));
        switch (words[0]) {
            case "started" -> assertThat(info.route()).isEqualTo(Samples.ROUTE);
            case "stepped" ->
                assertThat(storage.runs().history(info.run(), 0, 10)).hasSize(1);
            case "completed" -> assertThat(info.status()).isEqualTo(InstanceStatus.COMPLETED);
            default -> throw new AssertionError("unknown line: " + line);
        }
    }
}
