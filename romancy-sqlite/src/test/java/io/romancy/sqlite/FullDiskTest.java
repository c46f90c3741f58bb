package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NewInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no room left. SQLite's own limit of pages stands for the disk's: it fails at the same place with the same error. */
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void saysSoLosesNothingAndGoesOnWhenThereIsRoom() throws Exception {
        Path file = folder.resolve("full.db");
        try (Storage storage = TestFiles.open(file);
                Writer writer = writer(file)) {
            write(writer, Samples.start("before"));
            limitPages(writer, pages(file));

            assertThatThrownBy(() -> write(writer, large("during")))
                    .asInstanceOf(type(StorageException.class))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FILE))
                    .satisfies(e -> assertThat(e.isTransient()).isTrue())
                    .satisfies(e -> assertThat(e).hasMessageContaining("no room left"));
            assertThat(storage.instances().find("before")).isPresent();
            assertThat(storage.instances().find("during")).isEmpty();

            limitPages(writer, 1_000_000);
            assertThat(write(writer, large("during"))).isInstanceOf(CommitResult.Accepted.class);
        }
        assertThat(TestFiles.query(file, "PRAGMA integrity_check")).containsExactly("ok");
    }

    private static Commit large(String id) {
        return new Commit.Start(new NewInstance(id, Samples.ROUTE, Samples.payload("x".repeat(500_000)), "hash", null));
    }

    private static CommitResult write(Writer writer, Commit commit) {
        return writer.write((tables, moment) ->
                        new CommitBatch(tables, moment, failures(Path.of("full.db"))).together(List.of(commit)))
                .getFirst();
    }

    private static void limitPages(Writer writer, int pages) {
        writer.write((tables, moment) -> tables.session.number("PRAGMA max_page_count = " + pages));
    }

    private static int pages(Path file) throws Exception {
        return Integer.parseInt(TestFiles.query(file, "PRAGMA page_count").getFirst());
    }

    private static Writer writer(Path file) {
        Failures failures = failures(file);
        Options options = Options.of(TestFiles.settings(file, Map.of()));
        Turn turn = new Turn(new ReentrantLock(true), options.busyTimeout(), failures);
        return new Writer(new Connector(new DatabaseFile(file), options, failures), turn, failures);
    }

    private static Failures failures(Path file) {
        return new Failures(file, Duration.ofSeconds(5));
    }
}
