package io.romancy.engine.outbox;

import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records outcomes in batches that form by themselves: while one is on its way, the next one collects. What cannot be recorded is tried
 * again until the lease under which it was published is gone; then it is somebody else's, who publishes it again.
 */
final class OutcomeRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);
    private static final int BATCH = 500;
    private static final long IDLE = Duration.ofHours(1).toNanos();

    private final Environment environment;
    private final OutboxStore store;
    private final RelayLease lease;
    private final Consumer<List<Settled>> done;
    private final Backoff backoff;
    private final Waiter idle;
    private final StepLoop loop;
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private List<Settled> batch = List.of(); // only the loop's thread
    private volatile boolean busy;

    /**
     * A recorder for one engine.
     *
     * @param done hears of every batch that needs no more thought: recorded, or lost with its lease
     */
    OutcomeRecorder(Environment environment, OutboxStore store, RelayLease lease, Consumer<List<Settled>> done) {
        this.environment = environment;
        this.store = store;
        this.lease = lease;
        this.done = done;
        this.backoff =
                new Backoff(environment.random(), TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(2));
        this.idle = environment.newWaiter();
        this.loop = new StepLoop(environment, "romancy-outbox-record", this::step);
    }

    void start() {
        loop.start();
    }

    void add(Settled outcome) {
        settled.add(outcome);
        loop.wake();
    }

    private long step() {
        if (batch.isEmpty()) {
            busy = true;
            batch = nextBatch();
        }
        if (batch.isEmpty()) {
            busy = false;
            idle.wake();
            return IDLE;
        }
        var node = batch.getFirst().node();
        try {
            int taken = store.record(node, batch.stream().map(Settled::outcome).toList());
            if (taken < batch.size()) {
                LOG.debug(
                        "{} of {} outcomes were not taken: recorded before, or their lanes are held by others",
                        batch.size() - taken,
                        batch.size());
            }
            recovered();
        } catch (RomancyException e) {
            if (node.equals(lease.node())) {
                return failed(e);
            }
            LOG.warn(
                    "{} outcomes could not be recorded before the lease ended; their events are published again",
                    batch.size(),
                    e);
            backoff.reset();
        }
        List<Settled> finished = batch;
        batch = List.of();
        done.accept(finished);
        return 0;
    }

    /** Outcomes of one node, and of each event one: two in one statement would hide each other. */
    private List<Settled> nextBatch() {
        List<Settled> next = new ArrayList<>();
        Settled head = settled.peek();
        while (head != null
                && next.size() < BATCH
                && (next.isEmpty() || next.getFirst().node().equals(head.node()))) {
            next.add(settled.remove());
            head = settled.peek();
        }
        return next;
    }

    private long failed(RomancyException e) {
        long pause = backoff.failed();
        if (backoff.failures() == 1) {
            LOG.warn(
                    "What became of {} events could not be recorded; it is tried again, further failures are not logged",
                    batch.size(),
                    e);
        }
        return pause;
    }

    private void recovered() {
        if (backoff.failures() > 0) {
            LOG.info("Outcomes of events are recorded again after {} failures", backoff.failures());
            backoff.reset();
        }
    }

    /** Records what is left, for this long at most. */
    void close(Duration atMost) {
        long end = environment.nanoTime() + atMost.toNanos();
        // in this order: what left the queue before the first look made it busy before the second
        while ((!settled.isEmpty() || busy) && end - environment.nanoTime() > 0) {
            idle.awaitUninterruptibly(Math.min(TimeUnit.MILLISECONDS.toNanos(50), end - environment.nanoTime()));
        }
        StepLoop.close(environment, List.of(loop), Duration.ofSeconds(1));
    }
}
