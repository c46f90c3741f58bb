package io.romancy.engine.commit;

import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits whose rows somebody else has locked, until it is time to send them again: so that a lock holds up what needs its rows, and nothing
 * else. A run's commit waits as long as it takes, since "not now" says nothing about the run; somebody waits for what comes from outside,
 * perhaps the one who holds the lock. For one thread.
 */
final class BusyCommits {
    private static final Logger LOG = LoggerFactory.getLogger(CommitPipeline.class);
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
    private static final long INCOMING_PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long WORTH_A_WORD = TimeUnit.SECONDS.toNanos(5);

    private final Environment environment;
    private final Backoff backoff;
    private final ArrayDeque<CommitLane.Pending> waiting = new ArrayDeque<>();
    private final Seldom log = new Seldom();
    private long dueAt;

    BusyCommits(Environment environment) {
        this.environment = environment;
        this.backoff = new Backoff(environment.random(), FIRST, LONGEST);
        this.dueAt = environment.nanoTime();
    }

    /** Keeps a commit that was refused for now; false if the answer is to be delivered. */
    boolean keeps(CommitLane.Pending pending, CommitResult result) {
        if (!(result instanceof CommitResult.Refused refused
                && refused.error() instanceof StorageException error
                && error.isTransient())) {
            return false;
        }
        long now = environment.nanoTime();
        long age = now - pending.since();
        if (!(pending.commit() instanceof Commit.OfRun) && age > INCOMING_PATIENCE) {
            return false;
        }
        if (age > WORTH_A_WORD && log.now(now)) {
            LOG.warn(
                    "A commit has been waiting for {} s and is sent again and again: {}{}",
                    TimeUnit.NANOSECONDS.toSeconds(age),
                    error.getMessage(),
                    log.heldBack());
        }
        if (waiting.isEmpty()) {
            if (now - dueAt > LONGEST) {
                backoff.reset(); // the last lock is long gone
            }
            dueAt = now + backoff.failed();
        }
        waiting.add(pending);
        return true;
    }

    /** Takes up to this many, if it is time. */
    List<CommitLane.Pending> take(long now, int atMost) {
        if (waiting.isEmpty() || dueAt - now > 0) {
            return List.of();
        }
        List<CommitLane.Pending> taken = new ArrayList<>(Math.min(waiting.size(), atMost));
        while (!waiting.isEmpty() && taken.size() < atMost) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Takes what is left, whether it is time or not. */
    List<CommitLane.Pending> takeAll() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** How long until there is something to take. */
    long untilDue(long now) {
        return waiting.isEmpty() ? Long.MAX_VALUE : Math.max(1, dueAt - now);
    }
}
