package io.romancy.engine.worker;

import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.NodeStore;
import io.romancy.spi.Renewal;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease under which this process owns its runs, and the watch over the leases of others.
 *
 * <p>Two clocks meet here. The database's decides when the lease ends. Ours, monotonic and read before each request was sent, says until
 * when we can be sure that it has not; shortly before that, no step is started any more. Late is harmless all the same: the fence refuses
 * whatever a worker writes after its lease.
 */
final class NodeLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final long AFTER_EXPIRY =
            TimeUnit.MILLISECONDS.toNanos(1_050); // storages wait a second past the end
    private static final long CLOSE_DEADLINE = TimeUnit.SECONDS.toNanos(5);
    private static final long DOUBTED_AT_MOST_EVERY = TimeUnit.SECONDS.toNanos(1);

    /** What the rest of the worker does about it. */
    interface Watch {
        /** The lease is gone: whatever ran under it has lost its claim. */
        void lost(NodeId node);

        /** The lease lasts again, after a time in which nothing was begun: there may be work that nobody took meanwhile. */
        void safeAgain();

        /** The lease of another node has ended. */
        void othersEnded();

        /** Runs of dead workers are ready again. */
        void reaped(int runs);
    }

    private final Environment environment;
    private final NodeStore nodes;
    private final String label;
    private final Duration lease;
    private final long renewal;
    private final Watch watch;
    private final StepLoop loop;
    private final Reaper reaper;

    private volatile NodeId node;
    private volatile long safeUntil;
    private volatile boolean joined;
    private volatile long lookedAt;
    private long reapAt = Long.MAX_VALUE;
    private int failures;

    NodeLease(Environment environment, NodeStore nodes, String label, Duration lease, Duration renewal, Watch watch) {
        this.environment = environment;
        this.nodes = nodes;
        this.label = label;
        this.lease = lease;
        this.renewal = renewal.toNanos();
        this.watch = watch;
        this.loop = new StepLoop(environment, "romancy-lease", this::step);
        this.node = newNode();
        this.reaper = new Reaper(environment, nodes, lease, watch);
    }

    /** Looks soon whether it is still there, unless it just did. Thread-safe, returns at once. */
    void doubt() {
        if (environment.nanoTime() - lookedAt >= DOUBTED_AT_MOST_EVERY) {
            loop.wake();
        }
    }

    /** Takes the lease; blocks for one round trip. */
    void start() {
        join();
        joined = true;
        loop.startAfter(renewal);
        reaper.start();
    }

    NodeId node() {
        return node;
    }

    /** Whether the lease surely lasts a while. */
    boolean isSafe() {
        return safeUntil - environment.nanoTime() > 0;
    }

    /** How long the lease is still sure to last, less the margin in which no step is started. */
    Duration margin() {
        return Duration.ofNanos(safeUntil - environment.nanoTime());
    }

    private void join() {
        long asked = environment.nanoTime();
        nodes.join(node, label, lease);
        held(asked);
    }

    private void held(long asked) {
        boolean again = joined && !isSafe();
        safeUntil = asked + lease.toNanos() - lease.toNanos() / 5;
        if (again) {
            watch.safeAgain();
        }
    }

    /** Renews, has others' runs reaped if it is time, and returns how long to wait for the next look, in nanoseconds. */
    long step() {
        long asked = environment.nanoTime();
        lookedAt = asked;
        try {
            Renewal answer = nodes.renew(node, lease);
            if (answer.held()) {
                held(asked);
            } else {
                replace(answer.why());
            }
            Duration expiry = answer.nextExpiryIn();
            // Another worker may have been quicker to forget it; then there is nothing to reap, but to take over.
            boolean expected = reapAt != Long.MAX_VALUE && asked - reapAt >= 0;
            reapAt = expiry == null ? Long.MAX_VALUE : asked + Math.max(0, expiry.toNanos()) + AFTER_EXPIRY;
            if (expiry != null && !expiry.isPositive()) {
                reaper.look();
            } else if (expected) {
                watch.othersEnded();
            }
            recovered();
        } catch (RuntimeException | Error e) {
            // whatever it is: a worker whose lease nobody renews starts nothing any more
            if (failures++ == 0) {
                LOG.warn(
                        "The lease of worker {} could not be renewed; no step is started once less than {} of it is left. error={}",
                        label,
                        lease.dividedBy(5),
                        e.toString(),
                        e instanceof RomancyException ? null : e);
            }
            return Math.min(renewal, TimeUnit.SECONDS.toNanos(1));
        }
        long untilReap = reapAt - environment.nanoTime();
        return Math.max(TimeUnit.MILLISECONDS.toNanos(10), Math.min(renewal, untilReap));
    }

    /** A lost lease is never prolonged: whatever ran under it may be running elsewhere. Everything starts again under a new name. */
    private void replace(@Nullable String why) {
        NodeId old = node;
        if (why != null) {
            LOG.warn("Worker {} lost its lease: {}. Its runs go on under new claims.", label, why);
        } else {
            LOG.warn(
                    "Worker {} lost its lease, because it could not renew it within {}. Its runs go on under new claims; look for long"
                            + " pauses of this process or of the database.",
                    label,
                    lease);
        }
        node = newNode();
        watch.lost(old);
        join();
        reaper.look();
    }

    private void recovered() {
        if (failures > 0) {
            LOG.info("The lease of worker {} is renewed again after {} failed attempts", label, failures);
            failures = 0;
        }
    }

    private NodeId newNode() {
        return new NodeId(
                new UUID(environment.random().nextLong(), environment.random().nextLong()));
    }

    /** Ends the lease, so that others take over at once what is left. */
    @Override
    public void close() {
        if (!joined) {
            return;
        }
        joined = false;
        loop.stop();
        reaper.close();
        loop.join(CLOSE_DEADLINE);
        safeUntil = environment.nanoTime();
        try {
            leave();
        } catch (RomancyException e) {
            LOG.warn(
                    "The lease of worker {} could not be given back; others wait for its end. error={}",
                    label,
                    e.toString());
        }
    }

    /** Twice if need be: the first attempt may only have found out that its connection is gone. */
    private void leave() {
        try {
            nodes.leave(node);
        } catch (StorageException e) {
            if (!e.isTransient()) {
                throw e;
            }
            nodes.leave(node);
        }
    }
}
