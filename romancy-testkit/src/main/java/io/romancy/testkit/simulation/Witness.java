package io.romancy.testkit.simulation;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.InstanceStore;
import io.romancy.spi.Look;
import io.romancy.spi.MessageStore;
import io.romancy.spi.NodeStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.Upkeep;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The storage as one worker reaches it, with everything that matters written down at the moment in which it takes effect. */
final class Witness implements Storage {
    private final Storage behind;
    private final SimulatedProcess process;
    private final String who;
    private final Ledger ledger;
    private final Trace trace;
    private final Scheduler scheduler;
    private final RunStore runs;

    Witness(Storage behind, SimulatedProcess process, Ledger ledger, Trace trace, Scheduler scheduler) {
        this.behind = behind;
        this.process = process;
        this.who = process.name();
        this.ledger = ledger;
        this.trace = trace;
        this.scheduler = scheduler;
        this.runs = new Runs();
    }

    /** A promise that is broken ends the simulation here, before anybody makes something of it. */
    private void hold(Runnable check) {
        try {
            check.run();
        } catch (PromiseBroken broken) {
            scheduler.fail(broken);
        }
    }

    private void committed(List<Commit> batch, List<CommitResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            trace.happened(who, new Written(batch.get(i), results.get(i)));
        }
        hold(() -> ledger.committed(who, batch, results));
    }

    /** Claims and commits, seen. */
    private final class Runs implements RunStore {
        @Override
        public ClaimBatch claim(ClaimRequest request) {
            ClaimBatch batch = behind.runs().claim(request);
            if (!batch.runs().isEmpty()) {
                batch.runs().forEach(run -> trace.happened(who, "claims " + Written.name(run.claim())));
                hold(() -> ledger.claimed(who, batch.runs()));
            }
            return batch;
        }

        @Override
        public List<CommitResult> commit(List<Commit> batch) {
            List<CommitResult> results = behind.runs().commit(batch);
            committed(batch, results);
            return results;
        }

        /** Counts with the transaction's commit, before anything else that hangs on it. */
        @Override
        public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
            List<CommitResult> results = behind.runs().commit(transaction, batch);
            transaction.afterCommit(() -> committed(batch, results));
            return results;
        }

        @Override
        public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
            return behind.runs().look(claim, channels);
        }

        @Override
        public List<StepRecord> history(long run, int fromPosition, int limit) {
            return behind.runs().history(run, fromPosition, limit);
        }
    }

    @Override
    public RunStore runs() {
        return runs;
    }

    @Override
    public String description() {
        return behind.description();
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return behind.capabilities();
    }

    @Override
    public MessageStore messages() {
        return behind.messages();
    }

    @Override
    public NodeStore nodes() {
        return behind.nodes();
    }

    @Override
    public InstanceStore instances() {
        return behind.instances();
    }

    @Override
    public OutboxStore outbox() {
        return behind.outbox();
    }

    @Override
    public Upkeep upkeep() {
        return behind.upkeep();
    }

    @Override
    public Optional<NotificationSource> notificationSource() {
        return behind.notificationSource();
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) throws Exception {
        return behind.inTransaction(transaction -> {
            process.opened(transaction);
            try {
                return work.run(transaction);
            } finally {
                process.ended(transaction);
            }
        });
    }

    @Override
    public void close() {
        behind.close();
    }
}
