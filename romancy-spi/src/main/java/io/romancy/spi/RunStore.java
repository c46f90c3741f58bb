package io.romancy.spi;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Claims, and what is written under them: the hot path. */
public interface RunStore {
    /** The most that the inputs of runs that are claimed together come to, in bytes; the first run is claimed, however large its input. */
    int CLAIMED_INPUT_BYTES = 8 * 1024 * 1024;

    /** The most history, in bytes, that comes along with one claimed run. */
    int CLAIMED_HISTORY_BYTES = 64 * 1024;

    /** The most messages that come along with one claimed run or one look. */
    int MAILBOX_LIMIT = 256;

    /** The most that these messages come to, in bytes. What comes with a claim may be none; a look shows the first one, however large. */
    int MAILBOX_BYTES = 64 * 1024;

    /** The most that one page of a history comes to, in bytes; its first record comes, however large. */
    int HISTORY_PAGE_BYTES = 256 * 1024;

    /**
     * Claims runs that are due: marks each RUNNING, owned by the node, with the fence raised, and returns what is needed to go on. Never
     * waits for a lock. A run is returned to one claim only, and its history is never older than its fence. Where inputs are large it
     * claims as many as fit, and the others stay due.
     */
    ClaimBatch claim(ClaimRequest request);

    /**
     * Writes commits of many runs and callers, each all or nothing; the answers come in the same order. Nothing is written for a claim
     * whose fence is not the newest or whose run is not RUNNING. A commit that was taken and is sent again is answered as taken.
     */
    List<CommitResult> commit(List<Commit> batch);

    /**
     * The same inside a transaction that {@link Storage#inTransaction} opened. Commits without a claim only insert: they lock no row that
     * the engine's own work needs, so a cancellation takes effect with the dispatch after the commit. {@link Commit.Retry} is refused.
     * Instances are born READY, whatever their owner says. A publish to a topic fixes the topic's mode if it has none, and is refused if
     * it has the other.
     *
     * <p>A {@link Commit.OfRun} records a step together with the application's rows: at most one in a batch, which must be the last call
     * before the transaction's commit, because it locks the run's row until then. Whoever takes the run away, such as a reaper, does so
     * before that lock or not before the end of the transaction. It may append, publish and start; a transition, and changes to what the
     * run subscribes to or consumes, are refused. The answer is a {@link CommitResult.OfJoined}; any but {@code Taken} also makes the
     * transaction end in a rollback, so that the application's rows and the record take effect together or not at all. Under REPEATABLE
     * READ and SERIALIZABLE, a run that moved since the transaction began is a {@code StorageException} that is transient: all of it may
     * be done again, in another transaction.
     */
    List<CommitResult> commit(Transaction transaction, List<Commit> batch);

    /**
     * Looks outside, at these channels (all, if none is named), under a claim; empty if the claim is lost. Of messages it shows what fits,
     * at least one if there is one.
     */
    Optional<Look> look(Claim claim, Set<ChannelName> channels);

    /**
     * One page of a run's history, in order of position, from this position on: up to so many records, fewer if they are large, and none
     * only if there is none. So a page that is not full is not yet the last.
     */
    List<StepRecord> history(long run, int fromPosition, int limit);
}
