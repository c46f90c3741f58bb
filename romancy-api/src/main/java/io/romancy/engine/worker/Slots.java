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
    private boolean hungry;

    Slots(int most, Runnable whenFedAgain) {
        this.most = most;
        this.whenFedAgain = whenFedAgain;
    }

    /** Takes up to this many; fewer, down to none, if there are not as many. */
    int take(int wanted) {
        lock.lock();
        try {
            int taken = Math.min(wanted, most - used);
            used += taken;
            hungry |= taken == 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is one. Those that a claim has taken and may give back unused do not count as free. */
    boolean anyFree() {
        lock.lock();
        try {
            hungry |= used == most;
            return used < most;
        } finally {
            lock.unlock();
        }
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
