package io.romancy.testkit.contract;

import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A transaction that a thread of its own holds open, after it wrote, until the test tells how it ends. */
final class HeldTransaction implements AutoCloseable {
    private final CompletableFuture<List<CommitResult>> written = new CompletableFuture<>();
    private final CompletableFuture<Boolean> decision = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private HeldTransaction() {}

    /** Opens it, writes these, and returns when they are written and the transaction is still open. */
    static HeldTransaction open(Storage storage, Commit... commits) throws Exception {
        HeldTransaction held = new HeldTransaction();
        Thread.ofVirtual().name("held-transaction").start(() -> held.run(storage, List.of(commits)));
        held.written.get(StorageContract.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        return held;
    }

    private void run(Storage storage, List<Commit> commits) {
        try {
            storage.inTransaction(transaction -> {
                written.complete(storage.runs().commit(transaction, commits));
                if (!decision.get(StorageContract.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                    transaction.rollbackOnly();
                }
                return true;
            });
            ended.complete(null);
        } catch (Throwable failure) {
            written.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
    }

    List<CommitResult> results() {
        return written.join();
    }

    /** Commits, and returns when that is done. */
    void commit() throws Exception {
        decision.complete(true);
        ended.get(StorageContract.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws Exception {
        decision.complete(false);
        ended.get(StorageContract.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
