package io.romancy.engine.poll;

import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.Spans;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when one poller looks next, and why. Pure: it is told the time, starts nothing and waits for nothing. Thread-safe: hints come
 * from any thread while the poller's loop asks.
 *
 * <p>No wish is lost. One that comes during a poll stays for the next, because a poll takes the wishes with it when it begins. Methods
 * that take a wish say whether the loop has to be woken: not during a poll, after which the loop asks anyway, and not if the wish
 * changes nothing.
 */
final class PollSchedule {
    static final long FIRST_BACK_OFF = 100_000_000L;
    static final long LEAST_BACK_OFF_CAP = 30_000_000_000L;

    private final RandomGenerator random;
    private final Trust trust;
    private final long baseNanos;
    private final long stretchedNanos;
    private final Backoff backoff;
    private final Pace pace = new Pace();

    private boolean closed;
    private boolean polling;
    private boolean start = true;
    private boolean gap;
    private boolean gapTaken; // by the poll that is under way, or by one that failed
    private boolean wake;
    private boolean again;
    private boolean wished;
    private long wishAt;
    private boolean known;
    private long knownAt;
    private long startedAt;
    private long intervalAt;
    private long notBefore;
    private long retryAt;

    PollSchedule(RandomGenerator random, Trust trust, long baseNanos, long fallbackNanos, long now) {
        this.random = random;
        this.trust = trust;
        this.baseNanos = baseNanos;
        this.stretchedNanos = Math.max(baseNanos, fallbackNanos);
        this.backoff = new Backoff(random, FIRST_BACK_OFF, Math.max(baseNanos, LEAST_BACK_OFF_CAP));
        this.startedAt = now;
        this.intervalAt = now;
        this.notBefore = now;
    }

    /** Begins a poll, if it is time for one, and returns its reason; the caller then reports how it ended. */
    synchronized @Nullable PollReason begin(long now) {
        if (waitNanos(now) > 0) {
            return null;
        }
        PollReason reason = reason(now);
        polling = true;
        startedAt = now;
        start = false;
        gapTaken |= gap;
        gap = false;
        wake = false;
        again = false;
        wished = wished && wishAt - now > 0;
        return reason;
    }

    /** The poll ended well. Returns the number of failures before it. */
    synchronized int succeeded(long now, PollResult result) {
        polling = false;
        gapTaken = false;
        again = result.saturated();
        var nextIn = result.nextIn();
        known = nextIn != null;
        knownAt = nextIn == null ? now : now + Spans.nanos(nextIn);
        notBefore = now + pace.ended(startedAt, now, result.found());
        startInterval(now);
        int failures = backoff.failures();
        backoff.reset();
        return failures;
    }

    /**
     * From start to start, so that a row which a poll just missed is looked at one interval later. A poll that takes longer than its
     * interval still leaves the database a tenth of it.
     */
    private void startInterval(long now) {
        long interval = trust.holds(now) ? stretchedNanos : baseNanos;
        intervalAt = startedAt + shortened(interval);
        if (intervalAt - (now + interval / 10) < 0) {
            intervalAt = now + interval / 10;
        }
    }

    /** Another poller looked at the same rows, beginning at this time: the interval starts again from there. Wishes stay. */
    synchronized void looked(long began, long now) {
        if (!polling && backoff.failures() == 0 && began - startedAt > 0) {
            startedAt = began;
            startInterval(now);
        }
    }

    /** The poll failed. Returns the nanoseconds until the next try. */
    synchronized long failed(long now) {
        polling = false;
        again = false;
        long delay = backoff.failed();
        retryAt = now + delay;
        return delay;
    }

    /** The nanoseconds until there is a poll to begin; zero: now; {@code Long.MAX_VALUE}: during a poll, or closed. */
    synchronized long waitNanos(long now) {
        if (closed || polling) {
            return Long.MAX_VALUE;
        }
        if (backoff.failures() > 0) {
            // A gap means that somebody just reached the database: the one thing that is worth a try before its time.
            return gap ? 0 : Math.max(0, retryAt - now);
        }
        long wait = intervalAt - now;
        if (start || gap || wake || again) {
            wait = 0;
        }
        if (wished) {
            wait = Math.min(wait, wishAt - now);
        }
        if (known) {
            wait = Math.min(wait, knownAt - now);
        }
        return Math.max(0, Math.max(wait, notBefore - now));
    }

    synchronized boolean wake() {
        boolean news = !wake && !polling && backoff.failures() == 0;
        wake = true;
        return news;
    }

    /** Wishes a poll at this time at the latest. Only the earliest is kept: the poll itself then knows of the next. */
    synchronized boolean wakeAt(long at) {
        if (wished && wishAt - at <= 0) {
            return false;
        }
        wished = true;
        wishAt = at;
        return !polling && backoff.failures() == 0;
    }

    synchronized boolean gap() {
        boolean news = !gap && !polling;
        gap = true;
        return news;
    }

    /**
     * Goes back to the base interval. If that is over, the poll comes at a random time within another one: all workers notice the end
     * of the same server in the same moment.
     */
    synchronized boolean trustLost(long now) {
        long at = startedAt + shortened(baseNanos);
        if (at - now < 0) {
            at = now + random.nextLong(baseNanos);
        }
        if (at - intervalAt < 0) {
            intervalAt = at;
        }
        return !polling;
    }

    /** No poll begins after this. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int failuresInARow() {
        return backoff.failures();
    }

    private PollReason reason(long now) {
        if (start) {
            return PollReason.START;
        }
        if (gap || gapTaken) {
            return PollReason.GAP;
        }
        if (backoff.failures() > 0) {
            return PollReason.RETRY;
        }
        if (wake) {
            return PollReason.WAKE;
        }
        if (again) {
            return PollReason.AGAIN;
        }
        boolean due = (wished && wishAt - now <= 0) || (known && knownAt - now <= 0);
        return due ? PollReason.DUE : PollReason.INTERVAL;
    }

    /** An interval is a promise, the longest time between two polls: chance only shortens it, by up to a tenth. */
    private long shortened(long interval) {
        return interval - random.nextLong(interval / 10 + 1);
    }
}
