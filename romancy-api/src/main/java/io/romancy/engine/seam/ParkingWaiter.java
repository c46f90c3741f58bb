package io.romancy.engine.seam;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits by parking its thread. The state is empty, a pending wake, or the thread that waits.
 *
 * <p>Why no wake is lost: {@link #wake} swaps the state for a pending wake in one step. Either the waiter had entered its thread before,
 * then it is unparked; or it has not, then entering fails and it does not wait. Parking returns for no reason at times, so the waiter
 * goes by the state alone.
 */
@SuppressWarnings("ReferenceEquality") // the state is told apart by identity: null, PENDING, or the waiting thread
final class ParkingWaiter implements Waiter {
    private static final Object PENDING = new Object();
    private static final long LONG_ENOUGH = TimeUnit.DAYS.toNanos(1000);

    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

    @Override
    public boolean await(long atMostNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean woken = park(atMostNanos, true);
        if (!woken && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return woken;
    }

    @Override
    public boolean awaitUninterruptibly(long atMostNanos) {
        boolean interrupted = Thread.interrupted();
        boolean woken = park(atMostNanos, false);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return woken;
    }

    @Override
    public void wake() {
        if (state.getAndSet(PENDING) instanceof Thread waiting) {
            LockSupport.unpark(waiting);
        }
    }

    private boolean park(long atMostNanos, boolean interruptible) {
        Thread me = Thread.currentThread();
        if (!state.compareAndSet(null, me)) {
            if (state.getAndSet(null) == PENDING) {
                return true;
            }
            throw new IllegalStateException("two threads wait at one waiter");
        }
        boolean interrupted = false;
        long end = atMostNanos > LONG_ENOUGH ? 0 : System.nanoTime() + atMostNanos;
        long left = atMostNanos;
        while (state.get() == me && left > 0) {
            if (left > LONG_ENOUGH) {
                LockSupport.park(this); // a timed wait costs an entry in the JVM's timer
            } else {
                LockSupport.parkNanos(this, left);
                left = end - System.nanoTime();
            }
            if (Thread.interrupted()) {
                interrupted = true;
                if (interruptible) {
                    break;
                }
            }
        }
        boolean woken = state.getAndSet(null) == PENDING;
        if (interrupted) {
            me.interrupt();
        }
        return woken;
    }
}
