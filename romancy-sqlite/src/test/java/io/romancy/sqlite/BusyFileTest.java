package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else has the right to write and does not give it back. */
class BusyFileTest {
    private static final int BUSY_MILLIS = 50;

    @TempDir
    Path folder;

    private Path file;
    private Storage storage;
    private Connection other;

    @BeforeEach
    void open() throws SQLException {
        file = folder.resolve("busy.db");
        storage = TestFiles.open(file, Map.of(Options.BUSY_TIMEOUT, String.valueOf(BUSY_MILLIS)));
        other = TestFiles.connect(file);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        storage.close();
    }

    @Test
    void givesUpInTimeAndGoesOnWhenTheFileIsFree() throws SQLException {
        onOther("BEGIN IMMEDIATE");

        long began = System.nanoTime();
        assertThatThrownBy(() -> storage.runs().commit(List.of(Samples.start("late"))))
                .asInstanceOf(type(StorageException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_BUSY))
                .satisfies(e -> assertThat(e.isTransient()).isTrue())
                .satisfies(e -> assertThat(e).hasMessageContaining("busy.db").hasMessageContaining("busyTimeout"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(BUSY_MILLIS));

        onOther("ROLLBACK");
        assertThat(storage.runs().commit(List.of(Samples.start("late"))).getFirst())
                .isInstanceOf(CommitResult.Accepted.class);
    }

    @Test
    void refusesATransactionOfTheApplicationTheSameWay() throws Exception {
        onOther("BEGIN IMMEDIATE");

        assertThatThrownBy(() -> storage.inTransaction(transaction -> "never"))
                .asInstanceOf(type(StorageException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_BUSY));

        onOther("ROLLBACK");
        assertThat(storage.<String>inTransaction(transaction -> "done")).isEqualTo("done");
    }

    @Test
    void readsAndIdleWorkNeedNoRightToWrite() throws SQLException {
        storage.runs().commit(List.of(Samples.start("known")));
        var node = Samples.join(storage);
        assertThat(Samples.claim(storage, node, 10)).hasSize(1);
        onOther("BEGIN IMMEDIATE");

        assertThat(storage.instances().find("known")).isPresent();
        assertThat(storage.nodes().owned(node, 0, 10)).hasSize(1);
        assertThat(Samples.claim(storage, node, 10)).isEmpty();
        assertThat(storage.messages().dispatch(10).dispatched()).isZero();
        assertThat(storage.nodes().reap(10).runs()).isZero();
        assertThat(storage.upkeep().purge(Duration.ofDays(1), 10)).isZero();
        onOther("ROLLBACK");
    }

    @Test
    void aReaderThatStaysKeepsNobodyFromWriting() throws SQLException {
        onOther("BEGIN");
        try (Statement statement = other.createStatement();
                var rows = statement.executeQuery("SELECT skew FROM romancy_meta")) {
            assertThat(rows.next()).isTrue();

            assertThat(storage.runs().commit(List.of(Samples.start("beside"))).getFirst())
                    .isInstanceOf(CommitResult.Accepted.class);
        }
        onOther("ROLLBACK");
    }

    private void onOther(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
