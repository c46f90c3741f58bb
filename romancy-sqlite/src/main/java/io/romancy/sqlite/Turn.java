package io.romancy.sqlite;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn to write, in this process. SQLite has one writer; threads that queue here get it in order and are woken at once, where SQLite's
 * own waiting, which is left for other processes, is a retry with growing pauses.
 */
final class Turn {
    private final ReentrantLock lock;
    private final Duration patience;
    private final Failures failures;

    Turn(ReentrantLock lock, Duration patience, Failures failures) {
        this.lock = lock;
        this.patience = patience;
        this.failures = failures;
    }

    /** Waits for the turn, in bounded time. Whoever has it already would wait for itself, and is told so. */
    void take() {
        if (lock.isHeldByCurrentThread()) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "A write outside the transaction that this thread has open is refused: SQLite has one writer, so it "
                            + "would wait for itself. Commit it in the transaction, or after it.");
        }
        if (!tryTake()) {
            throw failures.busy("another thread of this process, such as a transaction of the application,", null);
        }
    }

    private boolean tryTake() {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        }
    }

    /** Waits as long, whoever interrupts it; to be told of that is the caller's, afterwards. */
    boolean tryTakeUninterruptibly() {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isMine() {
        return lock.isHeldByCurrentThread();
    }

    void pass() {
        lock.unlock();
    }
}
