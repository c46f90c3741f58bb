package io.romancy.testkit.fault;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What goes wrong with commits in particular: batches that are sent twice, and things that happen just before or just after one. */
public final class CommitFaults {
    private final List<Interruption> before = new CopyOnWriteArrayList<>();
    private final List<Interruption> after = new CopyOnWriteArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
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

    /** Does something once, before the first batch with such a commit is sent, on the engine's thread. */
    public void before(Predicate<Commit> which, Consumer<Commit> action) {
        before.add(new Interruption(which, action, new AtomicBoolean()));
    }

    /** Does something once, after the first batch with such a commit was written and before the engine hears of it. */
    public void after(Predicate<Commit> which, Consumer<Commit> action) {
        after.add(new Interruption(which, action, new AtomicBoolean()));
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

    boolean isToBeRepeated() {
        int every = repeatEvery;
        boolean again = every > 0 && sent.incrementAndGet() % every == 0;
        if (again) {
            repeated.incrementAndGet();
        }
        return again;
    }

    void heal() {
        repeatEvery = 0;
        before.clear();
        after.clear();
    }
}
