package io.romancy.testkit.simulation;

import io.romancy.engine.seam.Waiter;
import org.jspecify.annotations.Nullable;

/** Waits on the virtual clock. */
final class SimulatedWaiter implements Waiter {
    private final Scheduler scheduler;
    private @Nullable SimulatedFiber waiting;
    private boolean pending;

    SimulatedWaiter(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public boolean await(long atMostNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long end = end(atMostNanos);
        while (!pending && scheduler.now() < end) {
            stand(end);
            if (!pending && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return take();
    }

    @Override
    public boolean awaitUninterruptibly(long atMostNanos) {
        boolean interrupted = Thread.interrupted();
        long end = end(atMostNanos);
        while (!pending && scheduler.now() < end) {
            stand(end);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return take();
    }

    @Override
    public void wake() {
        pending = true;
        SimulatedFiber standing = waiting;
        if (standing != null) {
            scheduler.wake(standing);
        }
    }

    private long end(long atMostNanos) {
        long now = scheduler.now();
        return atMostNanos >= Long.MAX_VALUE - now ? Long.MAX_VALUE : now + atMostNanos;
    }

    private void stand(long end) {
        waiting = scheduler.current();
        try {
            scheduler.await(end == Long.MAX_VALUE ? end : end - scheduler.now());
        } finally {
            waiting = null;
        }
    }

    private boolean take() {
        boolean woken = pending;
        pending = false;
        return woken;
    }
}
