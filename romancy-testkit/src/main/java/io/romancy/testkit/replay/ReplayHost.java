package io.romancy.testkit.replay;

import io.romancy.engine.replay.RunHost;
import io.romancy.engine.replay.RunSession;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.Look;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker without a database: it watches a run follow its history, and lets it go no further. A cancellation is told where the history
 * ends, which is where the run heard of it.
 */
final class ReplayHost implements RunHost {
    private final Environment environment = new SystemEnvironment();
    private final RecordedHistory history;
    private final List<Asked> asked = new ArrayList<>();
    private List<Change> lastChanges = List.of();
    private @Nullable Transition left;
    private boolean cancelled;

    ReplayHost(RecordedHistory history) {
        this.history = history;
    }

    /** An operation that the code came to, and what is recorded at its place. */
    record Asked(int position, String operation, @Nullable StepRecord recorded) {
        /** Whether the record of this place is of another operation. */
        boolean isOther() {
            return recorded != null && !recorded.name().equals(operation);
        }
    }

    List<Asked> asked() {
        return asked;
    }

    /** How the run left; null if it was stopped. */
    @Nullable
    Transition left() {
        return left;
    }

    /** What it would have written with that. */
    List<Change> lastChanges() {
        return lastChanges;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Observer observer() {
        return Observer.NONE;
    }

    @Override
    public boolean goesOn(RunSession session, int position, String operation, @Nullable StepRecord recorded) {
        var next = new Asked(position, operation, recorded);
        asked.add(next);
        boolean follows = recorded != null && (next.isOther() || !recorded.isOpen());
        if (!follows && history.status() == InstanceStatus.CANCELLED) {
            cancelled = true;
            session.notice(reason());
        }
        return follows;
    }

    @Override
    public CommitResult.OfRun commit(Commit.OfRun commit, Waiter waiter) {
        Transition transition = commit.transition();
        if (transition instanceof Transition.End
                && !(transition instanceof Transition.Cancelled)
                && history.status() == InstanceStatus.CANCELLED
                && !cancelled) {
            cancelled = true;
            return new CommitResult.Moved(commit.claim().wake(), reason());
        }
        if (transition == null) {
            throw writes("commits " + commit.changes());
        }
        left = transition;
        lastChanges = commit.changes();
        return new CommitResult.Taken(Instant.EPOCH, commit.claim().wake(), null);
    }

    @Override
    public void submit(Commit.OfRun commit, Consumer<CommitResult> answered) {
        throw writes("waits");
    }

    private String reason() {
        return Objects.requireNonNullElse(history.cancelReason(), "");
    }

    private static IllegalStateException writes(String what) {
        return new IllegalStateException("a replay goes no further than its history, yet it " + what);
    }

    @Override
    public CommitResult.OfJoined commitIn(Transaction transaction, Commit.OfRun commit) {
        throw writes("records in a transaction");
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        throw writes("looks outside");
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        throw writes("asks for more history");
    }

    @Override
    public void declare(ChannelName topic, TopicMode mode) {
        throw writes("declares topic " + topic);
    }

    @Override
    public boolean isStarted(NewInstance instance) {
        throw writes("starts " + instance.id());
    }

    @Override
    public boolean leaseIsSafe() {
        return true;
    }

    @Override
    public boolean keep(RunSession session) {
        throw writes("waits");
    }

    @Override
    public void dismiss(RunSession session) {}

    @Override
    public void leftBehind() {}

    @Override
    public void suspended(
            RunSession session, String operation, Transition.Suspend suspension, CommitResult.Taken taken) {}

    @Override
    public void letGo(RunSession session) {}

    @Override
    public void resumed(Claim claim) {}

    @Override
    public void afterCommit(RunSession session, Commit.OfRun commit) {}
}
