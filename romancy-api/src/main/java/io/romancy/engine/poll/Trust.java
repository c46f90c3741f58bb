package io.romancy.engine.poll;

/**
 * Whether notifications are trusted: they are live and have been for a while. What flaps is not trusted. Thread-safe; whoever changes it
 * tells the loops afterwards, so that a loop which computes its next poll meanwhile has seen the new value or hears of it.
 */
final class Trust {
    private final long holdNanos;
    private boolean live;
    private long liveSince;

    Trust(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /** Takes note of the source's state; returns whether notifications were live before and are no more. */
    synchronized boolean change(boolean nowLive, long now) {
        boolean lost = live && !nowLive;
        if (nowLive && !live) {
            liveSince = now;
        }
        live = nowLive;
        return lost;
    }

    synchronized boolean holds(long now) {
        return live && now - liveSince >= holdNanos;
    }
}
