package io.romancy.engine.replay;

import io.romancy.engine.commit.Weights;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.StepRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run has still to write, and what is to be done when it is written. */
final class Draft {
    /** What one commit may grow to; a run that goes on sending and starting writes in between. */
    private static final int MOST_CHANGES = 500;

    private static final long MOST_BYTES = 1L << 20;

    private final List<Change> changes = new ArrayList<>(2);
    private List<Runnable> onceDurable = List.of();
    private int newest = -1;
    private long bytes;

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether it had better be written before more is added. */
    boolean isLarge() {
        return changes.size() >= MOST_CHANGES || bytes >= MOST_BYTES;
    }

    void add(Change change) {
        changes.add(change);
        bytes += Weights.of(change);
    }

    /** Adds a record in place of an earlier one of its position, which may be durable already. */
    void append(StepRecord step, boolean isKnown) {
        boolean isFirst = !isKnown && step.position() > newest;
        newest = Math.max(newest, step.position());
        if (!isFirst) {
            changes.removeIf(
                    change -> change instanceof Change.Append a && a.step().position() == step.position());
        }
        add(new Change.Append(step, isFirst));
    }

    void onceDurable(Runnable action) {
        onceDurable = onceDurable.isEmpty() ? new ArrayList<>(2) : onceDurable;
        onceDurable.add(action);
    }

    Commit.OfRun commit(Claim claim, @Nullable Transition transition) {
        return new Commit.OfRun(claim, changes, transition);
    }

    /** It is durable: says so to whoever asked. */
    void written() {
        forget();
        onceDurable.forEach(Runnable::run);
        onceDurable = List.of();
    }

    /** It was written before, as is known from elsewhere; what was to be said is said with what follows. */
    void forget() {
        changes.clear();
        bytes = 0;
    }

    /** Drops everything; returns whether there was something to write. */
    boolean drop() {
        boolean any = !changes.isEmpty();
        forget();
        onceDurable = List.of();
        return any;
    }
}
