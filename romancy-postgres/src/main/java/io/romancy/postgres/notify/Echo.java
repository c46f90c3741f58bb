package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that notifications arrive: what another connection sends must come back. A question on the listening connection itself would be
 * answered behind a pooler too, where nothing ever arrives.
 */
final class Echo {
    private static final Logger LOG = LoggerFactory.getLogger(Echo.class);

    private final Sender sender;
    private final String channel;
    private final ListenTiming timing;
    private long sentNumber;
    private long heardNumber;
    private long heardCount;
    private long firstUnheard;
    private long lastSent;
    private boolean isTrusted;
    private boolean hasBegun;
    private @Nullable Duration latency;
    private @Nullable String unsent;

    Echo(Sender sender, String channel, ListenTiming timing) {
        this.sender = sender;
        this.channel = channel;
        this.timing = timing;
    }

    boolean isEcho(String name) {
        return name.equals(channel);
    }

    /** A new session: what was sent before will not come. */
    synchronized void begin() {
        heardNumber = sentNumber;
        hasBegun = true;
        isTrusted = true;
        lastSent = System.nanoTime() - timing.echoInterval().toNanos();
    }

    /** Nothing that arrives on this session proves anything any more. */
    synchronized void distrust() {
        isTrusted = false;
    }

    /** Whether this echo proves something: it was sent to this session. */
    synchronized boolean heard(String payload) {
        long number = number(payload);
        if (number <= heardNumber || number > sentNumber) {
            return false;
        }
        long now = System.nanoTime();
        if (number == sentNumber) {
            latency = Duration.ofNanos(now - lastSent);
        }
        heardNumber = number;
        heardCount++;
        firstUnheard = now;
        return isTrusted;
    }

    /** Why notifications cannot be trusted, if an echo is missing for too long. */
    synchronized @Nullable String overdue() {
        boolean isOverdue = hasBegun
                && heardNumber < sentNumber
                && System.nanoTime() - firstUnheard > timing.echoTimeout().toNanos();
        if (!isOverdue) {
            return null;
        }
        return unsent == null
                ? "no echo came back within " + ListenLog.text(timing.echoTimeout()) + ": " + ListenLog.POOLER
                : "no echo can be sent: " + unsent;
    }

    /** Sends the next one: often while nothing is known yet, then at the interval. Blocks for a round trip; throws nothing. */
    void sendIfDue(boolean isUrgent) {
        long number;
        synchronized (this) {
            long interval = isUrgent ? step().toNanos() : timing.echoInterval().toNanos();
            if (!hasBegun || System.nanoTime() - lastSent < interval) {
                return;
            }
            number = ++sentNumber;
            lastSent = System.nanoTime();
            if (heardNumber == number - 1) {
                firstUnheard = lastSent;
            }
        }
        try {
            sender.send(List.of(new Notification(channel, Long.toString(number))));
            sent(null);
        } catch (Throwable e) {
            // The way of sending is broken, which says nothing about listening: the echo stays overdue.
            LOG.debug("An echo could not be sent", e);
            sent(ListenLog.reason(e));
        }
    }

    /** How often to look: often enough that no deadline is missed by much. */
    Duration step() {
        return timing.echoTimeout().dividedBy(8);
    }

    synchronized long sent() {
        return sentNumber;
    }

    synchronized long heardCount() {
        return heardCount;
    }

    /** How long the last one took that came back; null before the first. */
    synchronized @Nullable Duration latency() {
        return latency;
    }

    private synchronized void sent(@Nullable String error) {
        unsent = error;
    }

    /** Anybody can send anything to any channel. */
    private static long number(String payload) {
        try {
            return Long.parseLong(payload);
        } catch (NumberFormatException notOurs) {
            return -1;
        }
    }
}
