package io.romancy.engine.worker;

import io.romancy.engine.loop.Seldom;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.NodeStore;
import io.romancy.spi.Reaped;
import io.romancy.spi.Relapse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the runs of workers whose lease has ended ready again: when a lease is seen to end, and now and then unasked. On a thread of its own,
 * because a table that somebody has locked must not cost a healthy worker its own lease.
 */
final class Reaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final int AT_ONCE = 500;
    private static final int UNASKED = 4; // leases
    private static final long AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final Comparator<Relapse> MOST_OFTEN = Comparator.comparingInt(Relapse::times);
    private static final long CLOSE_DEADLINE = TimeUnit.SECONDS.toNanos(5);

    private final Environment environment;
    private final NodeStore nodes;
    private final NodeLease.Watch watch;
    private final StepLoop loop;
    private final long unasked;
    private final Seldom log = new Seldom();
    private volatile boolean asked;

    Reaper(Environment environment, NodeStore nodes, Duration lease, NodeLease.Watch watch) {
        this.environment = environment;
        this.nodes = nodes;
        this.watch = watch;
        this.unasked = UNASKED * lease.toNanos();
        this.loop = new StepLoop(environment, "romancy-reap", this::step);
    }

    void start() {
        loop.startAfter(unasked);
    }

    /** The lease of another worker has ended, or ours was lost. Returns at once. */
    void look() {
        asked = true;
        loop.wake();
    }

    /**
     * Looks unasked as well: a start that was on its way when its worker left, or lost its lease, may arrive after that. Then its owner is
     * nobody, and no lease that ends will ever tell.
     */
    private long step() {
        boolean ended = asked;
        asked = false;
        try {
            reap();
        } catch (RuntimeException | Error e) {
            asked |= ended;
            if (log.now(environment.nanoTime())) {
                LOG.warn(
                        "Runs of workers whose lease ended could not be taken over; it is tried again{}",
                        log.heldBack(),
                        e);
            }
            return AFTER_FAILURE;
        }
        if (ended) {
            watch.othersEnded();
        }
        return unasked;
    }

    private void reap() {
        int runs;
        do {
            Reaped reaped = nodes.reap(AT_ONCE);
            runs = reaped.runs();
            if (runs > 0) {
                LOG.info("Took over {} runs of workers whose lease ended", runs);
                watch.reaped(runs);
            }
            reaped.relapses().stream().max(MOST_OFTEN).ifPresent(worst -> warn(worst, reaped.relapses()));
        } while (runs == AT_ONCE);
    }

    /** One line for all: when a cluster is restarted again and again, they are many. */
    private static void warn(Relapse worst, List<Relapse> all) {
        LOG.warn(
                "Instance '{}' was taken from {} workers in a row that were lost while they ran it, without a record in between: what it "
                        + "does may be what ends them. It is tried again in {} s; cancel it if it must not be{}",
                worst.id(),
                worst.times(),
                worst.pause().toSeconds(),
                all.size() == 1 ? "" : "; " + (all.size() - 1) + " others pause with it");
    }

    @Override
    public void close() {
        loop.stop();
        loop.join(CLOSE_DEADLINE);
    }
}
