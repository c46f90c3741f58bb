package io.romancy.engine.outbox;

import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Duration;
import java.util.ArrayDeque;
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
 * again until the lease under which it was published is gone; then it is somebody else's, who publishes it again. What the storage
 * refuses, and would refuse again, is tried apart from the rest: it holds up its own key and nothing else.
 */
final class OutcomeRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);
    private static final int BATCH = 500;
    private static final long IDLE = Duration.ofHours(1).toNanos();
    private static final long FIRST_RETRY = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_RETRY = Duration.ofMinutes(1).toNanos();

    private final Environment environment;
    private final OutboxStore store;
    private final RelayLease lease;
    private final Consumer<List<Settled>> done;
    private final Consumer<Settled> refusal;
    private final Seldom seldom = new Seldom();
    private final Backoff backoff;
    private final Waiter idle;
    private final StepLoop loop;
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private final Queue<Settled> refused = new ArrayDeque<>(); // only the loop's thread, as the next four
    private final Backoff retries;
    private long retryAt;
    private List<Settled> batch = List.of();
    private boolean isRetry;
    private volatile boolean busy;

    /**
     * A recorder for one engine.
     *
     * @param done hears of every batch that needs no more thought: recorded, or lost with its lease
     * @param refusal hears of every outcome that is refused, once; it is tried again
     */
    OutcomeRecorder(
            Environment environment,
            OutboxStore store,
            RelayLease lease,
            Consumer<List<Settled>> done,
            Consumer<Settled> refusal) {
        this.environment = environment;
        this.store = store;
        this.lease = lease;
        this.done = done;
        this.refusal = refusal;
        this.backoff =
                new Backoff(environment.random(), TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(2));
        this.retries = new Backoff(environment.random(), FIRST_RETRY, LONGEST_RETRY);
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

    /** What the loop's thread does, and a test by hand. */
    long step() {
        if (batch.isEmpty()) {
            busy = true;
            isRetry = !refused.isEmpty() && retryAt - environment.nanoTime() <= 0;
            batch = nextBatch(isRetry ? refused : settled);
        }
        if (batch.isEmpty()) {
            busy = false;
            idle.wake();
            return refused.isEmpty() ? IDLE : Math.max(1, retryAt - environment.nanoTime());
        }
        var node = batch.getFirst().node();
        try {
            record(node, batch);
            recovered();
        } catch (RomancyException e) {
            if (node.equals(lease.node())) {
                return isRefusal(e) ? recordOneByOne(node) : failed(e);
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

    private void record(NodeId node, List<Settled> some) {
        int taken = store.record(node, some.stream().map(Settled::outcome).toList());
        if (taken < some.size()) {
            LOG.debug(
                    "{} of {} outcomes were not taken: recorded before, or their lanes are held by others",
                    some.size() - taken,
                    some.size());
        }
    }

    /** Whether trying the same again would not help. */
    private static boolean isRefusal(RomancyException e) {
        return e instanceof StorageException failure && !failure.isTransient();
    }

    private long recordOneByOne(NodeId node) {
        List<Settled> recorded = new ArrayList<>();
        List<Settled> bad = new ArrayList<>();
        long pause = 0;
        for (var rest = batch.iterator(); pause == 0 && rest.hasNext(); ) {
            Settled one = rest.next();
            try {
                record(node, List.of(one));
                recorded.add(one);
            } catch (RomancyException e) {
                if (isRefusal(e)) {
                    retryLater(one, e);
                    bad.add(one);
                } else {
                    pause = failed(e);
                }
            }
        }
        batch = List.copyOf(batch.subList(recorded.size() + bad.size(), batch.size()));
        if (!bad.isEmpty() && (isRetry || refused.isEmpty())) {
            retryAt = environment.nanoTime() + retries.failed();
        }
        refused.addAll(bad);
        if (!recorded.isEmpty()) {
            done.accept(recorded);
        }
        return pause;
    }

    private void retryLater(Settled one, RomancyException e) {
        if (isRetry) {
            return;
        }
        refusal.accept(one);
        if (seldom.now(environment.nanoTime())) {
            var event = one.outcome().head().event();
            LOG.warn(
                    "What became of event '{}' of type '{}' is refused; its key waits while it is tried again{}",
                    event.id(),
                    event.type(),
                    seldom.heldBack(),
                    e);
        }
    }

    /** Outcomes of one node, and of each event one: two in one statement would hide each other. */
    private static List<Settled> nextBatch(Queue<Settled> from) {
        List<Settled> next = new ArrayList<>();
        Settled head = from.peek();
        while (head != null
                && next.size() < BATCH
                && (next.isEmpty() || next.getFirst().node().equals(head.node()))) {
            next.add(from.remove());
            head = from.peek();
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
        if (isRetry) {
            retries.reset();
        }
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
