package io.romancy.testkit.fault;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.StorageException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What goes wrong with commits in particular: batches that are sent twice, rows that others have locked, and things that happen just before
 * or just after a commit.
 */
public final class CommitFaults {
    private final List<Interruption> before = new CopyOnWriteArrayList<>();
    private final List<Interruption> after = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Predicate<Commit> locked = commit -> false;
    private volatile int repeatEvery;

    CommitFaults() {}

    private record Interruption(Predicate<Commit> which, Consumer<Commit> action, AtomicBoolean done) {
        void happen(List<Commit> batch) {
            for (Commit commit : batch) {
                if (which.test(commit) && done.compareAndSet(false, true)) {
                    action.accept(commit);
                }
            }
        }
    }

    /** Sends every n-th batch twice, and answers with what came the second time. */
    public void repeatEvery(int n) {
        repeatEvery = n;
    }

    /** How many batches were sent twice. */
    public int repeated() {
        return repeated.get();
    }

    /** Answers such commits that others have locked their rows, until {@link #unlock} or {@link Faults#heal}. */
    public void lock(Predicate<Commit> which) {
        locked = which;
    }

    /** Lets every commit have its rows. */
    public void unlock() {
        locked = commit -> false;
    }

    /** How many commits were answered that their rows are locked. */
    public int refused() {
        return refused.get();
    }

    /** Does something once, before the first batch with such a commit is sent, on the engine's thread. */
    public void before(Predicate<Commit> which, Consumer<Commit> action) {
        before.add(new Interruption(which, action, new AtomicBoolean()));
    }

    /** Does something once, after the first batch with such a commit was written and before the engine hears of it. */
    public void after(Predicate<Commit> which, Consumer<Commit> action) {
        after.add(new Interruption(which, action, new AtomicBoolean()));
    }

    /** Every commit of an instance that runs. */
    public static Predicate<Commit> of(String id) {
        return commit -> commit instanceof Commit.OfRun run && run.claim().id().equals(id);
    }

    /** A commit by which an instance suspends. */
    public static Predicate<Commit> suspends(String id) {
        return commit -> commit instanceof Commit.OfRun run
                && run.claim().id().equals(id)
                && run.transition() instanceof Transition.Suspend;
    }

    /** A commit by which an instance ends. */
    public static Predicate<Commit> ends(String id) {
        return commit -> commit instanceof Commit.OfRun run
                && run.claim().id().equals(id)
                && run.transition() instanceof Transition.End;
    }

    void sending(List<Commit> batch) {
        before.forEach(interruption -> interruption.happen(batch));
    }

    void sent(List<Commit> batch) {
        after.forEach(interruption -> interruption.happen(batch));
    }

    /** Sends those whose rows are not locked, and answers the others. */
    List<CommitResult> sendUnlocked(List<Commit> batch, Function<List<Commit>, List<CommitResult>> send) {
        Predicate<Commit> isLocked = locked;
        List<Commit> free = batch.stream().filter(isLocked.negate()).toList();
        if (free.size() == batch.size()) {
            return send.apply(batch);
        }
        refused.addAndGet(batch.size() - free.size());
        Iterator<CommitResult> sent = (free.isEmpty() ? List.<CommitResult>of() : send.apply(free)).iterator();
        return batch.stream()
                .map(commit -> isLocked.test(commit) ? new CommitResult.Refused(busy()) : sent.next())
                .toList();
    }

    private static StorageException busy() {
        return new StorageException(ErrorCode.STORAGE_BUSY, "its rows are locked, by a fault of this test", null, true);
    }

    boolean isToBeRepeated() {
        int every = repeatEvery;
        boolean again = every > 0 && sent.incrementAndGet() % every == 0;
        if (again) {
            repeated.incrementAndGet();
        }
        return again;
    }

    void heal() {
        unlock();
        repeatEvery = 0;
        before.clear();
        after.clear();
    }
}
