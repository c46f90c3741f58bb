package io.romancy.testkit.contract;

import io.romancy.spi.ClaimBatch;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Look;
import io.romancy.spi.RunStore;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.StepRecord;
import io.romancy.testkit.fault.ForwardingRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores of runs that are wrong, each in one way that a real one could be. */
final class BrokenRuns {
    private BrokenRuns() {}

    /** The batch with the commits of runs changed. */
    private static List<Commit> ofRuns(List<Commit> batch, UnaryOperator<Commit.OfRun> change) {
        return batch.stream()
                .map(commit -> commit instanceof Commit.OfRun ofRun ? change.apply(ofRun) : commit)
                .toList();
    }

    private static Commit.OfRun withClaim(Commit.OfRun commit, Claim claim) {
        return new Commit.OfRun(claim, commit.changes(), commit.transition());
    }

    /** Checks no fence: whoever comes writes under the newest one. */
    static RunStore ignoringFences(RunStore behind) {
        Map<Long, Claim> newest = new ConcurrentHashMap<>();
        return new ForwardingRuns(behind) {
            @Override
            public ClaimBatch claim(ClaimRequest request) {
                ClaimBatch batch = behind.claim(request);
                batch.runs().forEach(run -> newest.put(run.claim().run(), run.claim()));
                return batch;
            }

            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                return behind.commit(ofRuns(
                        batch,
                        commit -> withClaim(
                                commit, newest.getOrDefault(commit.claim().run(), commit.claim()))));
            }
        };
    }

    /** Compares no wakes: a run may leave RUNNING whatever came in between. */
    static RunStore ignoringWakes(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                return behind.commit(ofRuns(
                        batch,
                        commit -> withClaim(
                                commit,
                                behind.look(commit.claim(), Set.of())
                                        .map(Look::wake)
                                        .map(commit.claim()::seen)
                                        .orElse(commit.claim()))));
            }
        };
    }

    /** Publishes whenever it is told to, also for a record that was there before. */
    static RunStore publishingAgain(RunStore behind) {
        return new ForwardingRuns(behind) {
            private long doubled;

            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                List<CommitResult> results = behind.commit(batch);
                for (int i = 0; i < results.size(); i++) {
                    if (results.get(i) instanceof CommitResult.Taken && batch.get(i) instanceof Commit.OfRun commit) {
                        commit.changes().forEach(this::publish);
                    }
                }
                return results;
            }

            private void publish(Change change) {
                if (change instanceof Change.Publish(int position, NewMessage message)) {
                    behind.commit(List.of(new Commit.Publish(new NewMessage(
                            message.uid() + "/" + position + "/" + ++doubled,
                            message.channel(),
                            message.mode(),
                            message.target(),
                            message.sender(),
                            message.headers(),
                            message.payload()))));
                }
            }
        };
    }

    /** Leaves out what an id that belongs to another is started as, and says nothing of it. */
    static RunStore droppingOtherStarts(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                List<CommitResult> results = new ArrayList<>(behind.commit(batch));
                for (int i = 0; i < results.size(); i++) {
                    if (batch.get(i) instanceof Commit.OfRun run
                            && results.get(i) instanceof CommitResult.Refused refused
                            && refused.error().code() == ErrorCode.START_CONFLICT) {
                        var left = run.changes().stream()
                                .filter(change -> !(change instanceof Change.Start))
                                .toList();
                        results.set(
                                i,
                                behind.commit(List.of(new Commit.OfRun(run.claim(), left, run.transition())))
                                        .getFirst());
                    }
                }
                return results;
            }
        };
    }

    /** Writes at once what a transaction only asked for. */
    static RunStore ignoringTransactions(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(Transaction transaction, List<Commit> batch) {
                return behind.commit(batch);
            }
        };
    }

    /** Gives everyone what it gave to somebody before. */
    static RunStore claimingTwice(RunStore behind) {
        return new ForwardingRuns(behind) {
            private final List<ClaimedRun> given = new ArrayList<>();

            @Override
            public synchronized ClaimBatch claim(ClaimRequest request) {
                ClaimBatch batch = behind.claim(request);
                List<ClaimedRun> runs = new ArrayList<>(given);
                runs.removeIf(run -> !request.routes().contains(run.route()));
                runs.addAll(batch.runs());
                given.addAll(batch.runs());
                return new ClaimBatch(runs, batch.nextDueIn(), batch.now());
            }
        };
    }

    /** Answers a batch from its end. */
    static RunStore answeringBackwards(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                return behind.commit(batch).reversed();
            }
        };
    }

    /** Answers with the time of the answer, not with that of the records. */
    static RunStore mistakingTheTime(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<CommitResult> commit(List<Commit> batch) {
                return behind.commit(batch).stream()
                        .map(result -> result instanceof CommitResult.Taken taken
                                ? new CommitResult.Taken(taken.at().plusNanos(1000), taken.wake(), taken.cancelReason())
                                : result)
                        .toList();
            }
        };
    }

    /** Takes a page for the whole history. */
    static RunStore cuttingHistories(RunStore behind) {
        return new ForwardingRuns(behind) {
            @Override
            public List<StepRecord> history(long run, int fromPosition, int limit) {
                return behind.history(run, 0, limit).stream()
                        .filter(step -> step.position() >= fromPosition)
                        .toList();
            }
        };
    }
}
