package io.romancy.postgres;

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

/** Claims, and what is written under them and beside them. */
final class PostgresRunStore implements RunStore {
    private final Claims claims;
    private final Looks looks;
    private final Commits commits;

    PostgresRunStore(Database database, Claims claims, Commits commits) {
        this.claims = claims;
        this.looks = new Looks(database);
        this.commits = commits;
    }

    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return claims.claim(request);
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        return commits.commit(batch);
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        return commits.commitIn(transaction, batch);
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return looks.look(claim, channels);
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return looks.history(run, fromPosition, limit);
    }
}
