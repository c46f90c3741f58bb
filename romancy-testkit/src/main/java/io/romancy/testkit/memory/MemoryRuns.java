package io.romancy.testkit.memory;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.Portion;
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

final class MemoryRuns implements RunStore {
    private final Session session;

    MemoryRuns(Session session) {
        this.session = session;
    }

    @Override
    public ClaimBatch claim(ClaimRequest request) {
        return session.alone(tables -> new Claiming(tables).claim(request));
    }

    @Override
    public List<CommitResult> commit(List<Commit> batch) {
        return session.alone(tables -> {
            var ofRuns = new RunCommits(tables);
            var open = new OpenCommits(tables);
            return batch.stream()
                    .map(commit -> switch (commit) {
                        case Commit.OfRun ofRun -> ofRuns.take(ofRun);
                        case Commit.Start start -> open.start(start);
                        case Commit.Publish publish -> open.publish(publish);
                        case Commit.Cancel cancel -> open.cancel(cancel);
                        case Commit.Retry retry -> open.retry(retry);
                    })
                    .toList();
        });
    }

    @Override
    public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
        return MemoryTransaction.of(transaction, session).commit(batch);
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return session.alone(tables -> {
            RunRow run = tables.runs.byNumber(claim.run());
            if (run == null || !run.isHeldAt(claim.fence())) {
                return Optional.empty();
            }
            var shown = Portion.ofAtLeastOne(MAILBOX_LIMIT, MAILBOX_BYTES);
            var mailbox = run.mailbox(channels, shown);
            return Optional.of(new Look(run.wake, run.cancelReason, mailbox, shown.isComplete(), tables.clock.now()));
        });
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return session.alone(tables -> {
            RunRow row = tables.runs.byNumber(run);
            return row == null ? List.of() : row.history(fromPosition, Portion.ofAtLeastOne(limit, HISTORY_PAGE_BYTES));
        });
    }
}
