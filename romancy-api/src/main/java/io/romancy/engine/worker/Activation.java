package io.romancy.engine.worker;

import io.romancy.engine.replay.Ending;
import io.romancy.engine.replay.RunHost;
import io.romancy.engine.replay.RunSession;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.Look;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run's thread in this worker, whether it holds a slot, and what becomes of it. */
final class Activation implements RunHost {
    private final Worker worker;
    private final RunSession session;
    private final CompletableFuture<@Nullable Ending> ending = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private int slots = 1;
    private volatile @Nullable Fiber fiber;
    private volatile boolean isLeft;

    Activation(Worker worker, Route route, ClaimedRun run, Instant now) {
        this.worker = worker;
        this.session = new RunSession(this, route, run, now);
    }

    RunSession session() {
        return session;
    }

    long run() {
        return session.claim().run();
    }

    /** How it ended; completed with null if it did not end here, so that whoever waits must look elsewhere. */
    CompletableFuture<@Nullable Ending> ending() {
        return ending;
    }

    /** Whether the caller is the first who asks: the run's thread, or who could not start it. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    void started(Fiber thread) {
        fiber = thread;
    }

    void interrupt() {
        Fiber thread = fiber;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Gives a new claim, and the slot that was taken for it, to the waiting thread; false if a replay is needed. */
    boolean resume(ClaimedRun run, Instant now) {
        boolean resumed = offer(run, now);
        if (!resumed) {
            // the slot stays with the claim; the thread unwinds, and writes nothing
            session.abandon(Unwind.Reason.EVICTED);
        }
        return resumed;
    }

    /**
     * A claim may bring the next slot before the suspension has given the last one back: so they are counted. In one piece, or a thread
     * that ends meanwhile would free the slot of a claim that it does not get.
     */
    private synchronized boolean offer(ClaimedRun run, Instant now) {
        boolean resumed = session.offer(run, now);
        slots += resumed ? 1 : 0;
        return resumed;
    }

    /** Whether it held one, which the caller now has to give on or free. */
    synchronized boolean loseSlot() {
        if (slots == 0) {
            return false;
        }
        slots--;
        return true;
    }

    /** Whether the thread ended, or is about to, without knowing what became of the run. */
    boolean isLeft() {
        return isLeft;
    }

    // ---- what the run needs

    @Override
    public void leftBehind() {
        isLeft = true;
    }

    @Override
    public Environment environment() {
        return worker.environment();
    }

    @Override
    public Observer observer() {
        return worker.observer();
    }

    @Override
    public CommitResult.OfRun commit(Commit.OfRun commit, Waiter waiter) {
        return CommitResult.OfRun.to(commit, heard(worker.pipeline().commit(commit, waiter)));
    }

    @Override
    public void submit(Commit.OfRun commit, Consumer<CommitResult> answered) {
        worker.pipeline().submit(commit, answer -> answered.accept(heard(answer)));
    }

    /** A claim that is lost under a lease that lasts: perhaps it does not. */
    private CommitResult heard(CommitResult answer) {
        if (answer instanceof CommitResult.Fenced) {
            worker.lease().doubt();
        }
        return answer;
    }

    /** Not tried again here: with the transaction the whole attempt is. */
    @Override
    public CommitResult.OfJoined commitIn(Transaction transaction, Commit.OfRun commit) {
        CommitResult result =
                worker.store().commit(transaction, List.of(commit)).getFirst();
        if (result instanceof CommitResult.OfJoined known) {
            return known;
        }
        throw new IllegalStateException("a storage answered a joined commit with " + result);
    }

    @Override
    public Optional<Look> look(Claim claim, Set<ChannelName> channels) {
        return worker.retrying("look outside", () -> worker.store().look(claim, channels));
    }

    @Override
    public List<StepRecord> history(long run, int fromPosition, int limit) {
        return worker.retrying("read the history", () -> worker.store().history(run, fromPosition, limit));
    }

    @Override
    public void declare(ChannelName topic, TopicMode mode) {
        worker.retrying("declare a topic", () -> {
            worker.topics().declare(topic, mode);
            return topic;
        });
    }

    @Override
    public boolean isStarted(NewInstance instance) {
        return worker.retrying("look for an instance", () -> worker.isStarted(instance));
    }

    @Override
    public boolean leaseIsSafe() {
        return worker.lease().isSafe();
    }

    @Override
    public boolean keep(RunSession waiting) {
        return worker.runs().keep(this);
    }

    @Override
    public void dismiss(RunSession waiting) {
        worker.runs().dismiss(this);
    }

    @Override
    public void suspended(
            RunSession waiting, String operation, Transition.Suspend suspension, CommitResult.Taken taken) {
        // from here on it may end elsewhere as well
        ending.complete(null);
        worker.suspended(this, operation, suspension, taken);
    }

    @Override
    public void letGo(RunSession waiting) {
        worker.freeSlot(this);
    }

    @Override
    public void resumed(Claim claim) {
        worker.resumed(claim);
    }

    @Override
    public void afterCommit(RunSession writer, Commit.OfRun commit) {
        worker.signals().afterCommit(commit, writer.route(), writer.subscribed());
    }
}
