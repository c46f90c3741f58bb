package io.romancy.testkit.fault;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.model.StepRecord;
import java.util.List;

/** Claims and commits behind faults. */
final class FaultyRuns extends ForwardingRuns {
    private final Faults faults;

    FaultyRuns(RunStore inner, Calls calls, Faults faults) {
        super(new GatedRuns(new Arrived(inner, faults), calls));
        this.faults = faults;
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        faults.commits().sending(batch);
        faults.watch().committing(batch);
        return super.commit(batch);
    }

    /** It takes effect with the transaction; whoever dies after that stands still at its next call, and not with the connection. */
    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        faults.watch().committing(batch);
        List<CommitResult> results = super.commit(transaction, batch);
        if (results.stream().noneMatch(CommitResult.Refused.class::isInstance)) {
            transaction.afterCommit(() -> faults.watch().committed(batch));
        }
        return results;
    }

    /** What happens to calls that the rules let through, before their answers go back. */
    private static final class Arrived extends ForwardingRuns {
        private final Faults faults;

        Arrived(RunStore inner, Faults faults) {
            super(inner);
            this.faults = faults;
        }

        @Override
        public ClaimBatch claim(ClaimRequest request) {
            ClaimBatch batch = super.claim(request);
            faults.log().claimed(batch.runs());
            if (!batch.runs().isEmpty()) {
                faults.rules().after(StorageCall.FRUITFUL_CLAIM);
            }
            return batch;
        }

        @Override
        public List<CommitResult> commit(List<Commit> batch) {
            List<CommitResult> results = faults.commits().sendUnlocked(batch, super::commit);
            if (faults.commits().isToBeRepeated()) {
                results = faults.commits().sendUnlocked(batch, super::commit);
            }
            faults.log().wrote(batch, results);
            faults.commits().sent(batch);
            faults.watch().committed(batch);
            return results;
        }

        @Override
        public List<StepRecord> history(long run, int fromPosition, int limit) {
            List<StepRecord> page = super.history(run, fromPosition, limit);
            faults.log().readHistory(run, fromPosition, page.size());
            return page;
        }
    }
}
