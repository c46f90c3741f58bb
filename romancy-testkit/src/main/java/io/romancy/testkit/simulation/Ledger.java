package io.romancy.testkit.simulation;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.StepRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the storage told its callers, in the order in which it did it, held against the promises that can be judged at once: one owner at a
 * fence, one outcome at a place, nothing after the end.
 */
final class Ledger {
    private final Map<Long, Run> runs = new LinkedHashMap<>();
    private final Set<String> cancelled = new LinkedHashSet<>();

    /** What is known of one run. */
    static final class Run {
        final String id;
        final TreeMap<Integer, StepRecord> outcomes = new TreeMap<>();
        private long fence;
        private String owner = "nobody";
        private @Nullable InstanceStatus end;

        private Run(String id) {
            this.id = id;
        }
    }

    /** All runs that anybody ever had, by number. */
    Map<Long, Run> runs() {
        return runs;
    }

    /** Instances whose cancellation was accepted. */
    Set<String> cancelled() {
        return cancelled;
    }

    void claimed(String owner, Collection<ClaimedRun> claimed) {
        for (ClaimedRun one : claimed) {
            Run run = granted(owner, one.claim());
            if (one.historyComplete()) {
                requireSeen(run, one);
            }
        }
    }

    private Run granted(String owner, Claim claim) {
        Run run = runs.computeIfAbsent(claim.run(), number -> new Run(claim.id()));
        require(
                claim.fence() > run.fence,
                "%s got the claim of %s at fence %d, which %s had or has at fence %d",
                owner,
                run.id,
                claim.fence(),
                run.owner,
                run.fence);
        require(run.end == null, "%s got the claim of %s, which has ended", owner, run.id);
        run.fence = claim.fence();
        run.owner = owner;
        return run;
    }

    private static void requireSeen(Run run, ClaimedRun claimed) {
        Map<Integer, StepRecord> seen = new TreeMap<>();
        claimed.history().stream().filter(step -> !step.isOpen()).forEach(step -> seen.put(step.position(), step));
        require(
                seen.keySet().equals(run.outcomes.keySet()),
                "%s got the claim of %s at fence %d with the outcomes %s, but %s are recorded",
                run.owner,
                run.id,
                run.fence,
                seen.keySet(),
                run.outcomes.keySet());
    }

    void committed(String owner, List<Commit> batch, List<CommitResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            CommitResult result = results.get(i);
            switch (batch.get(i)) {
                case Commit.OfRun commit -> {
                    if (result instanceof CommitResult.Taken) {
                        taken(owner, commit);
                    }
                }
                case Commit.Start start -> {
                    if (result instanceof CommitResult.Born born) {
                        granted(owner, born.claim());
                    }
                }
                case Commit.Cancel cancel -> {
                    if (result instanceof CommitResult.Accepted) {
                        cancelled.add(cancel.id());
                    }
                }
                case Commit.Retry retry -> {
                    if (result instanceof CommitResult.Accepted) {
                        reopened(retry);
                    }
                }
                case Commit.Publish publish -> {}
            }
        }
    }

    /** A failed run goes on, and the step at which it failed has no outcome any more. */
    private void reopened(Commit.Retry retry) {
        for (Run run : runs.values()) {
            if (run.id.equals(retry.id())) {
                run.end = null;
                var last = run.outcomes.lastEntry();
                if (last != null && last.getValue().kind() == retry.failedStepKind()) {
                    run.outcomes.remove(last.getKey());
                }
            }
        }
    }

    private void taken(String owner, Commit.OfRun commit) {
        Claim claim = commit.claim();
        Run run = runs.get(claim.run());
        if (run == null) {
            throw new PromiseBroken(owner + " wrote for " + claim.id() + ", of which nobody ever had the claim");
        }
        require(
                run.fence == claim.fence(),
                "%s wrote for %s at fence %d, but %s has it at fence %d",
                owner,
                run.id,
                claim.fence(),
                run.owner,
                run.fence);
        require(
                run.owner.equals(owner),
                "%s wrote for %s at fence %d, which belongs to %s",
                owner,
                run.id,
                claim.fence(),
                run.owner);
        for (Change change : commit.changes()) {
            if (change instanceof Change.Append(StepRecord step, var isFirst) && !step.isOpen()) {
                recorded(run, step);
            }
        }
        if (commit.transition() instanceof Transition.End end) {
            InstanceStatus status = statusAfter(end);
            require(
                    run.end == null || run.end == status,
                    "%s ended %s as %s, which had ended as %s",
                    owner,
                    run.id,
                    status,
                    run.end);
            run.end = status;
        }
    }

    private static void recorded(Run run, StepRecord step) {
        StepRecord before = run.outcomes.putIfAbsent(step.position(), step);
        require(
                before == null || isSame(before, step),
                "%s has two outcomes at position %d: first %s, then %s",
                run.id,
                step.position(),
                before,
                step);
        require(before != null || run.end == null, "%s recorded %s after its end", run.id, step);
    }

    private static boolean isSame(StepRecord one, StepRecord other) {
        return one.kind() == other.kind()
                && one.name().equals(other.name())
                && Objects.equals(one.body(), other.body());
    }

    private static InstanceStatus statusAfter(Transition.End end) {
        return switch (end) {
            case Transition.Complete complete -> InstanceStatus.COMPLETED;
            case Transition.Fail fail -> InstanceStatus.FAILED;
            case Transition.Cancelled cancelled -> InstanceStatus.CANCELLED;
        };
    }

    /** Holds what is in the database at the end against what its callers were told. */
    void compare(long number, List<StepRecord> history) {
        Run run = runs.get(number);
        if (run == null) {
            require(history.isEmpty(), "run %d has the history %s, but nobody ever had its claim", number, history);
            return;
        }
        Map<Integer, StepRecord> kept = new TreeMap<>();
        for (StepRecord step : history) {
            if (step.isOpen()) {
                // a cancellation ends also what would have been tried again
                require(
                        run.end == InstanceStatus.CANCELLED && step.position() == history.size() - 1,
                        "%s has ended, and %s is still open",
                        run.id,
                        step);
                break;
            }
            require(step.position() == kept.size(), "%s has %s in place of position %d", run.id, step, kept.size());
            kept.put(step.position(), step);
        }
        run.outcomes.forEach((position, told) -> {
            StepRecord now = kept.get(position);
            require(
                    now != null && isSame(now, told),
                    "%s was told that %s is recorded, but there is %s",
                    run.id,
                    told,
                    now);
        });
        require(
                kept.size() == run.outcomes.size(),
                "%s has %d records, and its owners were told of %d",
                run.id,
                kept.size(),
                run.outcomes.size());
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is Error Prone's, on which no module depends
    private static void require(boolean holds, String what, @Nullable Object... values) {
        if (!holds) {
            throw new PromiseBroken(String.format(what, values));
        }
    }
}
