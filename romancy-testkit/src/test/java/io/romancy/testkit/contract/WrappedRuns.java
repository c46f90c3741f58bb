package io.romancy.testkit.contract;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.StepRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Runs as in the storage behind; to be broken in one place. */
class WrappedRuns implements RunStore {
    final RunStore behind;

    WrappedRuns(RunStore behind) {
        this.behind = behind;
    }

    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return behind.claim(request);
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        return behind.commit(batch);
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        return behind.commit(transaction, batch);
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return behind.look(claim, channels);
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return behind.history(run, fromPosition, limit);
    }

    /** The batch with the commits of runs changed. */
    static List<Commit> ofRuns(List<Commit> batch, UnaryOperator<Commit.OfRun> change) {
        return batch.stream()
                .map(commit -> commit instanceof Commit.OfRun ofRun ? change.apply(ofRun) : commit)
                .toList();
    }

    static Commit.OfRun withClaim(Commit.OfRun commit, Claim claim) {
        return new Commit.OfRun(claim, commit.changes(), commit.transition());
    }
}
