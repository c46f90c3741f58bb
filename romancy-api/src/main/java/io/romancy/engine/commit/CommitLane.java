package io.romancy.engine.commit;

import io.romancy.engine.loop.Shortage;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One batch on its way, and the queue in which the next one collects. */
final class CommitLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLane.class);
    private static final int MOST_ITEMS = 512;
    private static final long MOST_BYTES = 8L << 20;
    private static final long IDLE = TimeUnit.HOURS.toNanos(1);
    private static final long INCOMING_DEADLINE = TimeUnit.SECONDS.toNanos(30);
    private static final long CLOSE_DEADLINE = TimeUnit.SECONDS.toNanos(5);

    record Pending(Commit commit, Consumer<CommitResult> answered, long since) {}

    private final Environment environment;
    private final BatchWriter writer;
    private final StepLoop loop;
    private final Outage outage;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private volatile boolean closed;

    // only the loop's thread
    private final ArrayDeque<List<Pending>> alone = new ArrayDeque<>();
    private final BusyCommits busy;
    private List<Pending> sending = List.of();

    CommitLane(String name, Environment environment, BatchWriter writer) {
        this.environment = environment;
        this.writer = writer;
        this.loop = new StepLoop(environment, name, this::step);
        this.outage = new Outage(name, environment.random());
        this.busy = new BusyCommits(environment);
    }

    void start() {
        loop.start();
    }

    void add(Pending pending) {
        boolean taken;
        boolean first;
        lock.lock();
        try {
            first = queue.isEmpty();
            taken = !closed && queue.add(pending);
        } finally {
            lock.unlock();
        }
        if (!taken) {
            refuse(pending, closedError());
        } else if (first) {
            loop.wake();
        }
    }

    /** Writes what has collected. The last steps, after the close, refuse it: nothing is added to the queue any more. */
    private long step() {
        boolean last = closed;
        if (sending.isEmpty()) {
            sending = next(last);
        }
        if (last) {
            boolean any = !sending.isEmpty();
            refuse(sending, closedError());
            return any ? 0 : StepLoop.DONE;
        }
        return sending.isEmpty() ? Math.min(IDLE, busy.untilDue(environment.nanoTime())) : write();
    }

    private List<Pending> next(boolean last) {
        if (!alone.isEmpty()) {
            return alone.remove();
        }
        List<Pending> late = last ? busy.takeAll() : busy.take(environment.nanoTime(), MOST_ITEMS);
        return late.isEmpty() ? take() : late;
    }

    private List<Pending> take() {
        lock.lock();
        try {
            List<Pending> batch = new ArrayList<>(Math.min(queue.size(), MOST_ITEMS));
            long bytes = 0;
            while (!queue.isEmpty() && batch.size() < MOST_ITEMS && bytes < MOST_BYTES) {
                Pending next = queue.remove();
                bytes += Weights.of(next.commit());
                batch.add(next);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends once, and returns how long to wait before the next step. What the storage did not answer is sent again: that is safe, because
     * a commit that was taken is answered as taken, and acts once.
     */
    private long write() {
        try {
            List<CommitResult> results =
                    writer.write(sending.stream().map(Pending::commit).toList());
            outage.succeeded();
            answer(results);
            return 0;
        } catch (RuntimeException | Error e) {
            if (!isPassing(e)) {
                isolate(e);
                return 0;
            }
            sending = withoutExpired(sending, e);
            if (closed) {
                refuse(sending, e);
                return 0;
            }
            return outage.failed(e);
        }
    }

    /** A connection comes back, and so does memory, or the place to start a thread. */
    private static boolean isPassing(Throwable e) {
        return e instanceof StorageException failure ? failure.isTransient() : Shortage.is(e);
    }

    private void answer(List<CommitResult> results) {
        List<Pending> answered = sending;
        sending = List.of();
        for (int i = 0; i < answered.size(); i++) {
            Pending pending = answered.get(i);
            CommitResult result = results.get(i);
            if (closed || !busy.keeps(pending, result)) {
                deliver(pending, result);
            }
        }
    }

    /** One commit that the storage cannot take must not fail the others: each is sent alone. */
    private void isolate(Throwable e) {
        if (sending.size() == 1) {
            refuse(sending, e);
        } else {
            sending.forEach(pending -> alone.add(List.of(pending)));
            sending = List.of();
        }
    }

    private List<Pending> withoutExpired(List<Pending> batch, Throwable e) {
        List<Pending> rest = new ArrayList<>(batch.size());
        long now = environment.nanoTime();
        for (Pending pending : batch) {
            if (!(pending.commit() instanceof Commit.OfRun) && now - pending.since() > INCOMING_DEADLINE) {
                refuse(pending, e);
            } else {
                rest.add(pending);
            }
        }
        return rest;
    }

    private void refuse(List<Pending> all, Throwable e) {
        sending = List.of();
        all.forEach(pending -> refuse(pending, e));
    }

    private static void refuse(Pending pending, Throwable e) {
        var error = e instanceof RomancyException known
                ? known
                : new RomancyException(ErrorCode.STORAGE_FAILED, "The storage failed in a commit: " + e, e);
        deliver(pending, new CommitResult.Refused(error));
    }

    private static void deliver(Pending pending, CommitResult result) {
        try {
            pending.answered().accept(result);
        } catch (RuntimeException | Error e) {
            LOG.error("An answer to a commit could not be handled: {}", result, e);
        }
    }

    private static RomancyException closedError() {
        return new RomancyException(
                ErrorCode.CLOSED, "The engine is closed, so nothing is written any more. Start another one.");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        loop.wake();
        loop.join(CLOSE_DEADLINE);
    }
}
