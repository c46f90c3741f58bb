package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import java.time.Duration;
import java.util.List;

/**
 * Proves that notifications arrive: what another connection sends must come back. A question on the listening connection itself would be
 * answered behind a pooler too, where nothing ever arrives.
 */
final class Echo {
    private final Sender sender;
    private final String channel;
    private final ListenTiming timing;
    private long sentNumber;
    private long heardNumber;
    private long firstUnheard;
    private long lastSent;
    private boolean hasBegun;

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
        lastSent = System.nanoTime() - timing.echoInterval().toNanos();
    }

    /** Whether this echo proves something: it was sent to this session. */
    synchronized boolean heard(String payload) {
        long number = number(payload);
        if (number <= heardNumber || number > sentNumber) {
            return false;
        }
        heardNumber = number;
        firstUnheard = System.nanoTime();
        return true;
    }

    synchronized boolean isOverdue() {
        return hasBegun
                && heardNumber < sentNumber
                && System.nanoTime() - firstUnheard > timing.echoTimeout().toNanos();
    }

    /** Sends the next one: often while nothing is known yet, then at the interval. */
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
        sender.send(List.of(new Notification(channel, Long.toString(number))));
    }

    /** How often to look: often enough that no deadline is missed by much. */
    Duration step() {
        return timing.echoTimeout().dividedBy(8);
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
