package io.romancy.engine.commit;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    private final String name;
    private final Environment environment;
    private final BatchWriter writer;
    private final Waiter waiter;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private volatile boolean closed;
    private @Nullable Fiber fiber;

    CommitLane(String name, Environment environment, BatchWriter writer) {
        this.name = name;
        this.environment = environment;
        this.writer = writer;
        this.waiter = environment.newWaiter();
        this.backoff = new Backoff(environment.random());
    }

    void start() {
        fiber = environment.startLoop(name, this::loop);
    }

    void add(Pending pending) {
        boolean first;
        lock.lock();
        try {
            if (closed) {
                first = false;
            } else {
                first = queue.isEmpty();
                queue.add(pending);
                pending = null;
            }
        } finally {
            lock.unlock();
        }
        if (pending != null) {
            refuse(pending, closedError());
        } else if (first) {
            waiter.wake();
        }
    }

    private void loop() {
        while (!closed) {
            List<Pending> batch = take();
            if (batch.isEmpty()) {
                waiter.awaitUninterruptibly(IDLE);
            } else {
                write(batch);
            }
        }
        for (List<Pending> rest = take(); !rest.isEmpty(); rest = take()) {
            rest.forEach(pending -> refuse(pending, closedError()));
        }
    }

    private List<Pending> take() {
        lock.lock();
        try {
            List<Pending> batch = new ArrayList<>(Math.min(queue.size(), MOST_ITEMS));
            long bytes = 0;
            while (!queue.isEmpty() && batch.size() < MOST_ITEMS && bytes < MOST_BYTES) {
                Pending next = queue.remove();
                bytes += weight(next.commit());
                batch.add(next);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Sends until the storage answers. Sending twice is safe: a commit that was taken is answered as taken, and acts once. */
    private void write(List<Pending> batch) {
        while (!batch.isEmpty()) {
            try {
                List<CommitResult> results =
                        writer.write(batch.stream().map(Pending::commit).toList());
                backoff.succeeded(name);
                answer(batch, results);
                return;
            } catch (RuntimeException | Error e) {
                // whatever it is: without this thread nothing would be written any more
                if (!isPassing(e)) {
                    isolate(batch, e);
                    return;
                }
                batch = withoutExpired(batch, e);
                if (closed) {
                    batch.forEach(pending -> refuse(pending, e));
                    return;
                }
                waiter.awaitUninterruptibly(backoff.failed(name, e));
            }
        }
    }

    /** A connection comes back, and so does memory, or the place to start a thread. */
    private static boolean isPassing(Throwable e) {
        return e instanceof StorageException failure
                ? failure.isTransient()
                : e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
    }

    private static void answer(List<Pending> batch, List<CommitResult> results) {
        for (int i = 0; i < batch.size(); i++) {
            deliver(batch.get(i), results.get(i));
        }
    }

    /** One commit that the storage cannot take must not fail the others: each is sent alone. */
    private void isolate(List<Pending> batch, Throwable e) {
        if (batch.size() == 1) {
            refuse(batch.get(0), e);
        } else {
            batch.forEach(pending -> write(List.of(pending)));
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

    private static long weight(Commit commit) {
        return switch (commit) {
            case Commit.OfRun run -> weight(run.changes());
            case Commit.Start start -> start.instance().input().data().length;
            case Commit.Publish publish -> publish.message().payload().data().length;
            case Commit.Cancel cancel -> 64;
            case Commit.Retry retry -> 64;
        };
    }

    private static long weight(List<Change> changes) {
        long sum = 64;
        for (Change change : changes) {
            sum += weight(change);
        }
        return sum;
    }

    private static long weight(Change change) {
        return switch (change) {
            case Change.Append append -> weight(append.step().body());
            case Change.Publish publish -> weight(publish.message().payload());
            case Change.Start start -> weight(start.instance().input());
            case Change.Consume consume -> 0;
            case Change.Subscribe subscribe -> 0;
            case Change.Unsubscribe unsubscribe -> 0;
        };
    }

    private static long weight(@Nullable Payload payload) {
        return payload == null ? 0 : payload.data().length;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        waiter.wake();
        if (fiber != null) {
            fiber.join(CLOSE_DEADLINE);
        }
    }
}
