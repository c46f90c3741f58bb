package io.romancy.testkit.simulation;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.testkit.fault.ForwardingRuns;
import io.romancy.testkit.fault.ForwardingStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The storage as one worker reaches it, with everything that matters written down at the moment in which it takes effect. */
final class Witness extends ForwardingStorage {
    private final SimulatedProcess process;
    private final String who;
    private final Ledger ledger;
    private final Trace trace;
    private final Scheduler scheduler;
    private final RunStore runs;
    private final OutboxWitness outbox;

    Witness(
            Storage behind,
            SimulatedProcess process,
            Ledger ledger,
            EventLedger events,
            Trace trace,
            Scheduler scheduler) {
        super(behind);
        this.process = process;
        this.who = process.name();
        this.ledger = ledger;
        this.trace = trace;
        this.scheduler = scheduler;
        this.runs = new Runs(behind.runs());
        this.outbox = new OutboxWitness(behind.outbox(), who, events, trace, scheduler);
    }

    private void committed(List<Commit> batch, List<CommitResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            trace.happened(who, new Written(batch.get(i), results.get(i)));
        }
        scheduler.hold(() -> ledger.committed(who, batch, results));
    }

    /** Claims and commits, seen. */
    private final class Runs extends ForwardingRuns {
        private Runs(RunStore behind) {
            super(behind);
        }

        @Override
        public ClaimBatch claim(ClaimRequest request) {
            ClaimBatch batch = super.claim(request);
            if (!batch.runs().isEmpty()) {
                batch.runs().forEach(run -> trace.happened(who, "claims " + Written.name(run.claim())));
                scheduler.hold(() -> ledger.claimed(who, batch.runs()));
            }
            return batch;
        }

        @Override
        public List<CommitResult> commit(List<Commit> batch) {
            List<CommitResult> results = super.commit(batch);
            committed(batch, results);
            return results;
        }

        /** Counts with the transaction's commit, before anything else that hangs on it. */
        @Override
        public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
            List<CommitResult> results = super.commit(transaction, batch);
            transaction.afterCommit(() -> committed(batch, results));
            return results;
        }
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return super.inTransaction(transaction -> {
            process.opened(transaction);
            outbox.opened(transaction);
            try {
                return work.run(transaction);
            } finally {
                process.ended(transaction);
                outbox.ended(transaction);
            }
        });
    }
}
