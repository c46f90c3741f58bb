package io.romancy.testkit.simulation;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;
import io.romancy.testkit.fault.ForwardingRuns;
import io.romancy.testkit.fault.ForwardingStorage;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Storages that do one thing differently from the one behind them. */
final class BrokenWays {
    private BrokenWays() {}

    /** What it writes for runs is changed on its way. */
    static UnaryOperator<Storage> writing(Function<RunStore, UnaryOperator<Commit.OfRun>> changed) {
        return behind -> {
            UnaryOperator<Commit.OfRun> change = changed.apply(behind.runs());
            return new ForwardingStorage(behind) {
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
        return behind -> new ForwardingStorage(behind) {
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
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                return super.commit(batch.stream().map(change).toList()).stream()
                        .map(answer)
                        .toList();
            }
        };
    }
}
