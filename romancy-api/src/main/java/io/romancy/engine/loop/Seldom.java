package io.romancy.engine.loop;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one through in a while, for what could otherwise flood a log. Thread-safe. */
public final class Seldom {
    static final long MINUTE = 60_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final AtomicLong last = new AtomicLong(NEVER);
    private final AtomicLong held = new AtomicLong();

    /** Whether to speak now: for the first, and then at most once a minute. */
    public boolean now(long nanoTime) {
        long before = last.get();
        if ((before == NEVER || nanoTime - before >= MINUTE) && last.compareAndSet(before, nanoTime)) {
            return true;
        }
        held.incrementAndGet();
        return false;
    }

    /** How many were held back since this was last asked, as the end of a log line: nothing if there were none. */
    public String heldBack() {
        long more = held.getAndSet(0);
        return more == 0 ? "" : " (" + more + " more since the last time)";
    }
}
