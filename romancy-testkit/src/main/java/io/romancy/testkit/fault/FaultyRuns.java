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

/** Claims and commits behind faults. */
record FaultyRuns(RunStore inner, Calls calls, Faults faults) implements RunStore {
    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return calls.ask(StorageCall.CLAIM, () -> {
            ClaimBatch batch = inner.claim(request);
            faults.log().claimed(batch.runs());
            if (!batch.runs().isEmpty()) {
                faults.rules().after(StorageCall.FRUITFUL_CLAIM);
            }
            return batch;
        });
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        faults.commits().sending(batch);
        faults.watch().committing(batch);
        return calls.ask(StorageCall.COMMIT, () -> {
            List<CommitResult> results = inner.commit(batch);
            if (faults.commits().isToBeRepeated()) {
                results = inner.commit(batch);
            }
            faults.log().wrote(batch, results);
            faults.commits().sent(batch);
            faults.watch().committed(batch);
            return results;
        });
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
        return calls.ask(StorageCall.HISTORY, () -> {
            List<StepRecord> page = inner.history(run, fromPosition, limit);
            faults.log().readHistory(run, fromPosition, page.size());
            return page;
        });
    }
}
