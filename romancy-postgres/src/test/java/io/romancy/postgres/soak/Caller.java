package io.romancy.postgres.soak;

import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.ResultTimeoutException;
import io.romancy.api.error.WorkflowCancelledException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.spi.commit.TransactionWork;
import io.romancy.spi.error.StorageException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Somebody who uses Romancy while everything breaks: calls again whatever may have failed, by keys and ids that make it the same call.
 * Thread-safe.
 */
final class Caller {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final Romancy romancy;
    private final BiConsumer<String, String> problems;

    Caller(Romancy romancy, BiConsumer<String, String> problems) {
        this.romancy = romancy;
        this.problems = problems;
    }

    Romancy romancy() {
        return romancy;
    }

    WorkflowHandle<String> start(WorkflowType<String, String> type, String id) throws Exception {
        return patiently(() -> romancy.start(type, id, StartOptions.id(id)));
    }

    void send(String id, Mailbox<String> to, String text) throws Exception {
        patiently(() -> {
            romancy.send(id, to, text, MessageOptions.key(to.name() + " " + text + " to " + id));
            return id;
        });
    }

    void cancel(String id) throws Exception {
        patiently(() -> romancy.handle(id).cancel("called off"));
    }

    /** The work is asked for again if nobody knows whether it was committed: it must find out by itself. */
    void inTransaction(TransactionWork<String> work) throws Exception {
        patiently(() -> romancy.inTransaction(work));
    }

    /** Waits for the end, and reports another one than this; a failure and a cancellation are ends with a name. */
    void expect(WorkflowHandle<String> handle, String expected) throws Exception {
        String end = patiently(() -> {
            try {
                return handle.result(Duration.ofSeconds(5));
            } catch (WorkflowFailedException e) {
                return "failed: " + e.failure().message();
            } catch (WorkflowCancelledException e) {
                return "cancelled";
            }
        });
        if (!end.equals(expected)) {
            problems.accept(handle.id(), "ended with '" + end + "' and not with '" + expected + "'");
        }
    }

    private static <T> T patiently(Callable<T> call) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return call.call();
            } catch (StorageException | SQLException | ResultTimeoutException e) {
                boolean hopeless = e instanceof StorageException storage && !storage.isTransient();
                if (hopeless || System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(AGAIN.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException("the soak has ended");
                }
            }
        }
    }

    /** A moment in which others may come between two calls. */
    static void pause(long mostMillis) {
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(mostMillis + 1)));
    }
}
