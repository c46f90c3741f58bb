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

/** Claims and commits as in the storage behind, to be changed in one place. */
public class ForwardingRuns implements RunStore {
    private final RunStore behind;

    public ForwardingRuns(RunStore behind) {
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
}
