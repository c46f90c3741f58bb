package io.romancy.testkit.simulation;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.DispatchResult;
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
import io.romancy.spi.model.TopicMode;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.outbox.OutboxStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Storages that do one thing differently from the one behind them. */
class BrokenWays implements Storage {
    private final Storage behind;

    BrokenWays(Storage behind) {
        this.behind = behind;
    }

    /** What it writes for runs is changed on its way. */
    static UnaryOperator<Storage> writing(Function<RunStore, UnaryOperator<Commit.OfRun>> changed) {
        return behind -> {
            UnaryOperator<Commit.OfRun> change = changed.apply(behind.runs());
            return new BrokenWays(behind) {
                @Override
                public RunStore runs() {
                    return changing(
                            behind.runs(),
                            commit -> commit instanceof Commit.OfRun run ? change.apply(run) : commit,
                            UnaryOperator.identity());
                }
            };
        };
    }

    /** What is dispatched is changed on its way. */
    static UnaryOperator<Storage> dispatching(Function<MessageStore, DispatchResult> changed) {
        return behind -> new BrokenWays(behind) {
            @Override
            public MessageStore messages() {
                return new MessageStore() {
                    @Override
                    public DispatchResult dispatch(int limit) {
                        return changed.apply(behind.messages());
                    }

                    @Override
                    public TopicMode declareTopic(ChannelName topic, TopicMode mode) {
                        return behind.messages().declareTopic(topic, mode);
                    }
                };
            }
        };
    }

    /** Runs to which every commit comes changed, and from which every answer does. */
    static RunStore changing(RunStore behind, UnaryOperator<Commit> change, UnaryOperator<CommitResult> answer) {
        return new Writing(behind, change, answer);
    }

    private record Writing(RunStore behind, UnaryOperator<Commit> change, UnaryOperator<CommitResult> answer)
            implements RunStore {
        @Override
        public ClaimBatch claim(ClaimRequest request) {
            return behind.claim(request);
        }

        @Override
        public List<CommitResult> commit(List<Commit> batch) {
            return behind.commit(batch.stream().map(change).toList()).stream()
                    .map(answer)
                    .toList();
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

    @Override
    public String description() {
        return behind.description();
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return behind.capabilities();
    }

    @Override
    public RunStore runs() {
        return behind.runs();
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
        return behind.inTransaction(work);
    }

    @Override
    public void close() {
        behind.close();
    }
}
