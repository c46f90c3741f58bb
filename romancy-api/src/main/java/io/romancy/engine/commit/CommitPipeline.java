package io.romancy.engine.commit;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.util.function.Consumer;

/**
 * Carries commits to the storage in batches that form by themselves: while one batch is on its way, the next one collects. No timer, so an
 * idle system pays nothing, and a busy one shares one statement and one flush among all who wait.
 *
 * <p>Two lanes, each with one batch on its way: what comes in from outside, and what runs write. So a flood of starts does not hold up the
 * runs that would make room for them. Commits of one run never overtake each other, because a run waits for the answer before it sends the
 * next.
 *
 * <p>While the storage cannot be reached the batch is sent again with back-off. A run's commit waits as long as that takes: its fence
 * makes a late arrival harmless. What came from outside is refused after a deadline, since somebody waits for it.
 */
public final class CommitPipeline implements AutoCloseable {
    private final Environment environment;
    private final CommitLane incoming;
    private final CommitLane running;

    /**
     * @param incoming writes what comes from outside
     * @param running writes what runs write
     */
    public CommitPipeline(Environment environment, BatchWriter incoming, BatchWriter running) {
        this.environment = environment;
        this.incoming = new CommitLane("romancy-commit-incoming", environment, incoming);
        this.running = new CommitLane("romancy-commit-running", environment, running);
    }

    public void start() {
        incoming.start();
        running.start();
    }

    /** Sends the commit on its way. The answer comes on the lane's thread, which must not be kept. */
    public void submit(Commit commit, Consumer<CommitResult> answered) {
        var lane = commit instanceof Commit.OfRun ? running : incoming;
        lane.add(new CommitLane.Pending(commit, answered, environment.nanoTime()));
    }

    /** Sends the commit and waits for the answer, which always comes; an interrupt does not end the wait. */
    public CommitResult commit(Commit commit) {
        return commit(commit, environment.newWaiter());
    }

    /** The same with a waiter that the caller keeps for this. */
    public CommitResult commit(Commit commit, Waiter waiter) {
        var answer = new Answer(waiter);
        submit(commit, answer);
        return answer.await();
    }

    /** The same for a caller from outside; something is done first with the answer, on the lane's thread, before the caller wakes. */
    public CommitResult commit(Commit commit, Consumer<CommitResult> first) {
        var answer = new Answer(environment.newWaiter());
        submit(commit, result -> {
            try {
                first.accept(result);
            } finally {
                answer.accept(result);
            }
        });
        return answer.await();
    }

    /** Refuses what is still queued; what is on its way is answered by the storage. */
    @Override
    public void close() {
        incoming.close();
        running.close();
    }
}
