package io.romancy.testkit.fault;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.ClaimedRun;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** What an engine read and wrote, as values. Thread-safe. */
public final class StorageLog {
    private final Queue<Written> written = new ConcurrentLinkedQueue<>();
    private final Queue<HistoryRead> historyReads = new ConcurrentLinkedQueue<>();
    private final Queue<ClaimedRun> claimed = new ConcurrentLinkedQueue<>();

    StorageLog() {}

    /** A commit and what became of it. */
    public record Written(Commit commit, CommitResult result) {}

    /** A page of history that was read. */
    public record HistoryRead(long run, int fromPosition, int records) {}

    void wrote(List<Commit> batch, List<CommitResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            written.add(new Written(batch.get(i), results.get(i)));
        }
    }

    void readHistory(long run, int fromPosition, int records) {
        historyReads.add(new HistoryRead(run, fromPosition, records));
    }

    void claimed(List<ClaimedRun> runs) {
        claimed.addAll(runs);
    }

    /** Claims of an instance, with what came along. */
    public List<ClaimedRun> claims(String id) {
        return claimed.stream().filter(run -> run.claim().id().equals(id)).toList();
    }

    /** Everything that was answered. */
    public List<Written> written() {
        return List.copyOf(written);
    }

    /** What was sent for an instance under a claim, and answered. */
    public List<Written> written(String id) {
        return written.stream()
                .filter(write -> write.commit() instanceof Commit.OfRun run
                        && run.claim().id().equals(id))
                .toList();
    }

    /** The records that were appended for an instance and taken, by name. */
    public List<String> appended(String id) {
        return written(id).stream()
                .filter(write -> write.result() instanceof CommitResult.Taken)
                .flatMap(write -> ((Commit.OfRun) write.commit()).changes().stream())
                .flatMap(change -> change instanceof Change.Append append
                        ? Stream.of(append.step().name())
                        : Stream.empty())
                .toList();
    }

    /** Pages of history that were read apart from claims. */
    public List<HistoryRead> historyReads(long run) {
        return historyReads.stream().filter(read -> read.run() == run).toList();
    }
}
