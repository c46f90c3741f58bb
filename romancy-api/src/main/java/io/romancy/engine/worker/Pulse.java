package io.romancy.engine.worker;

import io.romancy.engine.commit.CommitPipeline;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.replay.Unwind;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.NodeStore;
import io.romancy.spi.OwnedRun;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Claim;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the database thinks that we own with what we have. A claim or a birth whose answer was lost leaves a run that nobody works
 * on: it is released, and claimed again. So does a failover that lost the commit by which a run began to wait. A cancellation that a busy
 * run has not heard of is told to it.
 *
 * <p>A run that is just on its way here looks like a lost one. So only what was unknown twice in a row, under the same fence and with no
 * start of it in flight, is released; and the release is fenced, so that it can do no harm even then.
 */
final class Pulse {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final int PAGE = 500;
    private static final long AT_MOST_EVERY = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOKS_OF_A_SUSPICION = 2;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Environment environment;
    private final NodeStore nodes;
    private final NodeLease lease;
    private final Runs runs;
    private final CommitPipeline pipeline;
    private final Predicate<String> starting;
    private final Wake wake;
    private final AtomicInteger suspicion = new AtomicInteger();
    private Map<Long, Long> unknown = Map.of();
    private long last;

    Pulse(
            Environment environment,
            NodeStore nodes,
            NodeLease lease,
            Runs runs,
            CommitPipeline pipeline,
            Predicate<String> starting,
            Wake wake) {
        this.environment = environment;
        this.nodes = nodes;
        this.lease = lease;
        this.runs = runs;
        this.pipeline = pipeline;
        this.starting = starting;
        this.wake = wake;
        this.last = environment.nanoTime();
    }

    /** An answer was lost that may have brought a run: looks soon, instead of when it is time. */
    void suspect() {
        suspicion.set(LOOKS_OF_A_SUSPICION);
        wake.poller(PollerNames.WORKFLOW_RESUMPTION);
    }

    /** Looks, if the last look was a while ago. For one thread at a time, and not while a claim is under way. */
    void beat() {
        int suspected = suspicion.get();
        if (suspected > 0 || environment.nanoTime() - last >= AT_MOST_EVERY) {
            compare();
            last = environment.nanoTime();
            // a suspicion that came meanwhile begins anew
            if (suspected > 1 && suspicion.compareAndSet(suspected, suspected - 1)) {
                wake.pollerIn(PollerNames.WORKFLOW_RESUMPTION, BETWEEN_LOOKS);
            } else {
                suspicion.compareAndSet(1, 0);
            }
        }
    }

    void compare() {
        Map<Long, Long> unknownNow = new HashMap<>();
        long after = -1;
        List<OwnedRun> page;
        do {
            page = nodes.owned(lease.node(), after, PAGE);
            for (OwnedRun owned : page) {
                after = owned.claim().run();
                compare(owned, unknownNow);
            }
        } while (page.size() == PAGE);
        unknown = unknownNow;
    }

    private void compare(OwnedRun owned, Map<Long, Long> unknownNow) {
        Claim claim = owned.claim();
        Activation here = runs.find(claim.run());
        if (here != null && isAtWork(here, claim)) {
            here.session().notice(owned.cancelReason());
        } else if (!starting.test(claim.id())) {
            Long before = unknown.get(claim.run());
            if (before != null && before == claim.fence()) {
                LOG.warn("Run {} is ours but nobody works on it, as after a lost answer; it is released", claim.id());
                if (here != null) {
                    // what its thread knows may have been lost with the commit that let it wait
                    here.session().abandon(Unwind.Reason.EVICTED);
                }
                pipeline.submit(
                        new Commit.OfRun(claim, List.of(), new Transition.Release()),
                        answer -> wake.poller(PollerNames.WORKFLOW_RESUMPTION));
            } else {
                unknownNow.put(claim.run(), claim.fence());
            }
        }
    }

    /** A thread that waits for a claim while the database has it running has lost the commit by which it let go, as in a failover. */
    private static boolean isAtWork(Activation here, Claim claim) {
        long fence = here.session().claim().fence();
        return fence > claim.fence()
                || (fence == claim.fence() && !here.session().isWaiting());
    }
}
