package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.romancy.spi.Storage;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseTest {
    @TempDir
    Path folder;

    @Test
    void everyVerbOfAClosedStorageSaysThatItIsClosed() {
        Storage storage = TestFiles.open(folder.resolve("closed.db"));
        storage.close();
        storage.close();

        closed(() -> storage.runs().commit(List.of(Samples.start("late"))));
        closed(() -> storage.instances().find("late"));
        closed(() -> storage.messages().dispatch(1));
        closed(() -> storage.inTransaction(transaction -> "late"));
    }

    @Test
    void leavesOneFileBehind() {
        Path file = folder.resolve("alone.db");
        Storage storage = TestFiles.open(file);
        storage.runs().commit(List.of(Samples.start("kept")));
        storage.instances().find("kept");
        storage.close();

        // SQLite takes its log away with the last connection: none of ours is left open.
        assertThat(folder.toFile().list()).containsExactly("alone.db");
    }

    @Test
    void leavesNothingOpenOnAThreadThatIsInterrupted() {
        Path file = folder.resolve("interrupted.db");
        Storage storage = TestFiles.open(file);
        storage.runs().commit(List.of(Samples.start("kept")));
        boolean told;
        Thread.currentThread().interrupt();
        try {
            storage.close();
        } finally {
            told = Thread.interrupted();
        }

        assertThat(told).isTrue();
        assertThat(folder.toFile().list()).containsExactly("interrupted.db");
    }

    @Test
    void doesNotWaitForATransactionThatDoesNotEnd() throws Exception {
        Storage storage = TestFiles.open(folder.resolve("held.db"), Map.of(Options.BUSY_TIMEOUT, "100"));
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        var held = CompletableFuture.supplyAsync(() -> hold(storage, open, end), Thread::startVirtualThread);
        assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.runAsync(storage::close, Thread::startVirtualThread).get(60, TimeUnit.SECONDS);

        end.countDown();
        assertThat(held.get(60, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean hold(Storage storage, CountDownLatch open, CountDownLatch end) {
        try {
            return storage.inTransaction(transaction -> {
                open.countDown();
                return end.await(60, TimeUnit.SECONDS);
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StorageException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_CLOSED));
    }
}
