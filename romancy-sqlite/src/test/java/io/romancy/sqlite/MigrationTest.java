package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.romancy.spi.Storage;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema comes up once, whoever else is bringing it up, and beside whatever else is in the file. */
class MigrationTest {
    private static final int WORKERS = 8;

    @TempDir
    Path folder;

    @RepeatedTest(5)
    void workersThatStartTogetherMigrateOnce() throws Exception {
        Path file = folder.resolve("crowd.db");

        openTogether(file);

        assertThat(TestFiles.query(file, "SELECT version FROM romancy_schema_history WHERE success"))
                .containsExactly("1");
    }

    @RepeatedTest(5)
    void workersThatStartTogetherInAnApplicationsFileMigrateOnce() throws Exception {
        Path file = folder.resolve("application.db");
        TestFiles.execute(file, "CREATE TABLE orders (id INTEGER PRIMARY KEY)", "INSERT INTO orders VALUES (42)");

        openTogether(file);

        assertThat(TestFiles.query(file, "SELECT version FROM romancy_schema_history WHERE success AND version > 0"))
                .containsExactly("1");
        assertThat(TestFiles.query(file, "SELECT id FROM orders")).containsExactly("42");
    }

    @Test
    void leavesACurrentSchemaAlone() throws Exception {
        Path file = folder.resolve("current.db");
        TestFiles.open(file).close();
        // Without its history the migrator would begin anew, and fail at the first table.
        TestFiles.execute(file, "DROP TABLE romancy_schema_history");

        TestFiles.open(file).close();

        assertThat(TestFiles.query(file, "SELECT name FROM sqlite_schema WHERE name = 'romancy_schema_history'"))
                .isEmpty();
    }

    @Test
    void refusesAFileWhoseHistoryKnowsTablesThatAreMissing() throws Exception {
        Path file = folder.resolve("missing.db");
        TestFiles.open(file).close();
        TestFiles.execute(file, "DROP TABLE romancy_meta");

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> TestFiles.open(file))
                        .isInstanceOfSatisfying(RomancyException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.MIGRATION_FAILED);
                            assertThat(e).hasMessageContaining("tables are missing");
                        }));
    }

    @Test
    void keepsAllItsTablesUnderOneName() throws Exception {
        Path file = folder.resolve("names.db");
        TestFiles.open(file).close();

        assertThat(TestFiles.query(file, "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(name).startsWith("romancy_"));
    }

    private static void openTogether(Path file) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(WORKERS);
        try (var threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<Storage>> opening = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Callable<Storage> open = () -> {
                    barrier.await(60, TimeUnit.SECONDS);
                    return TestFiles.open(file);
                };
                opening.add(threads.submit(open));
            }
            for (Future<Storage> storage : opening) {
                storage.get(60, TimeUnit.SECONDS).close();
            }
        }
    }
}
