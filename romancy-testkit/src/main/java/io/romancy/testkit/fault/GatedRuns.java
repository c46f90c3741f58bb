package io.romancy.testkit.fault;

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

/** Claims and commits, each a call. */
record GatedRuns(RunStore inner, Calls calls) implements RunStore {
    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return calls.ask(StorageCall.CLAIM, () -> inner.claim(request));
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        return calls.ask(StorageCall.COMMIT, () -> inner.commit(batch));
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        return calls.ask(StorageCall.COMMIT_IN_TRANSACTION, () -> inner.commit(transaction, batch));
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return calls.ask(StorageCall.LOOK, () -> inner.look(claim, channels));
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return calls.ask(StorageCall.HISTORY, () -> inner.history(run, fromPosition, limit));
    }
}
