package io.romancy.engine.worker;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How many runs may be at work at once; those that wait are not counted. Whoever found no slot is remembered, so that the first one that
 * becomes free leads to a claim at once.
 */
final class Slots {
    private final ReentrantLock lock = new ReentrantLock();
    private final int most;
    private final Runnable whenFedAgain;
    private int used;
    private int expecting;
    private boolean hungry;

    Slots(int most, Runnable whenFedAgain) {
        this.most = most;
        this.whenFedAgain = whenFedAgain;
    }

    /** Takes up to this many for a claim; fewer, down to none, if there are not as many. It brings what was expected. */
    int takeForClaim(int wanted) {
        lock.lock();
        try {
            expecting = 0;
            int taken = Math.min(wanted, most - used);
            used += taken;
            hungry |= taken == 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes one for a run that needs no claim; false if none is left beside those for runs that are expected. */
    boolean takeOne() {
        lock.lock();
        try {
            boolean isLeft = isOneLeft();
            used += isLeft ? 1 : 0;
            return isLeft;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is one for a run that became ready, beside those for the runs that became ready before it and are not claimed yet.
     * Those that a claim has taken and may give back unused do not count as free.
     */
    boolean expectOne() {
        lock.lock();
        try {
            boolean isLeft = isOneLeft();
            expecting += isLeft ? 1 : 0;
            return isLeft;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOneLeft() {
        boolean isLeft = used + expecting < most;
        hungry |= !isLeft;
        return isLeft;
    }

    /** There may be more work than there were slots for: the next one that becomes free leads to a claim. */
    void askForMore() {
        boolean fed;
        lock.lock();
        try {
            fed = used < most;
            hungry |= !fed;
        } finally {
            lock.unlock();
        }
        if (fed) {
            whenFedAgain.run();
        }
    }

    void free(int count) {
        boolean fed;
        lock.lock();
        try {
            used -= count;
            fed = hungry && count > 0;
            hungry &= !fed;
        } finally {
            lock.unlock();
        }
        if (fed) {
            whenFedAgain.run();
        }
    }
}
