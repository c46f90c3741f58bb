package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that notifications arrive: what another connection sends must come back. A question on the listening connection itself would be
 * answered behind a pooler too, where nothing ever arrives.
 */
final class Echo {
    private static final Logger LOG = LoggerFactory.getLogger(Echo.class);

    private final Consumer<List<Notification>> sender;
    private final String channel;
    private final ListenTiming timing;
    private final LongSupplier nanoTime;
    /** When those were sent that may still come in time: consecutive numbers, the last sent at the end. */
    private final Deque<Long> onTheirWay = new ArrayDeque<>();

    private long sentNumber;
    private long arrivedNumber;
    private long heardNumber;
    private long heardCount;
    private long firstUnheard;
    private long lastSent;
    private boolean isTrusted;
    private boolean hasBegun;
    private boolean isSending;
    private boolean isLate;
    private @Nullable Duration latency;
    private @Nullable String unsent;

    Echo(Consumer<List<Notification>> sender, String channel, ListenTiming timing, LongSupplier nanoTime) {
        this.sender = sender;
        this.channel = channel;
        this.timing = timing;
        this.nanoTime = nanoTime;
    }

    boolean isEcho(String name) {
        return name.equals(channel);
    }

    /** A new session: what was sent before will not come. */
    synchronized void begin() {
        arrivedNumber = sentNumber;
        heardNumber = sentNumber;
        hasBegun = true;
        isTrusted = true;
        isLate = false;
        lastSent = nanoTime.getAsLong() - timing.echoInterval().toNanos();
    }

    /** Nothing that arrives on this session proves anything any more. */
    synchronized void distrust() {
        isTrusted = false;
    }

    /** Whether this echo proves something: it was sent to this session, and came in time. One that came late remains overdue. */
    synchronized boolean heard(String payload) {
        long number = number(payload);
        if (number <= arrivedNumber || number > sentNumber) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (number == sentNumber) {
            latency = Duration.ofNanos(now - lastSent);
        }
        arrivedNumber = number;
        heardCount++;
        forgetLate(now);
        isLate = number <= sentNumber - onTheirWay.size();
        if (isLate) {
            return false;
        }
        heardNumber = number;
        firstUnheard = now;
        return isTrusted;
    }

    /** Why notifications cannot be trusted, if an echo is missing for too long. */
    synchronized @Nullable String overdue() {
        long now = nanoTime.getAsLong();
        if (!hasBegun || heardNumber == sentNumber || !isTooLong(now - firstUnheard)) {
            return null;
        }
        String span = ListenLog.text(timing.echoTimeout());
        if (isSending && isTooLong(now - lastSent)) {
            return "the send of the echo has not returned within " + span;
        }
        if (unsent != null) {
            return "no echo can be sent: " + unsent;
        }
        return isLate
                ? "an echo came back, but not within " + span
                : "no echo came back within " + span + ": " + ListenLog.POOLER;
    }

    /** Sends the next one: often while nothing is known yet, then at the interval. Blocks for a round trip; throws nothing. */
    void sendIfDue(boolean isUrgent) {
        long number;
        synchronized (this) {
            long interval = isUrgent ? step().toNanos() : timing.echoInterval().toNanos();
            long now = nanoTime.getAsLong();
            if (!hasBegun || now - lastSent < interval) {
                return;
            }
            forgetLate(now);
            onTheirWay.addLast(now);
            number = ++sentNumber;
            lastSent = now;
            isSending = true;
            if (heardNumber == number - 1) {
                firstUnheard = now;
            }
        }
        try {
            sender.accept(List.of(new Notification(channel, Long.toString(number))));
            sent(null);
        } catch (Throwable e) {
            // The way of sending is broken, which says nothing about listening: the echo stays overdue.
            sent(ListenLog.reason(e));
            Turns.log(() -> LOG.debug("An echo could not be sent", e));
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
        isSending = false;
    }

    private void forgetLate(long now) {
        while (!onTheirWay.isEmpty() && isTooLong(now - onTheirWay.getFirst())) {
            onTheirWay.removeFirst();
        }
    }

    private boolean isTooLong(long nanos) {
        return nanos > timing.echoTimeout().toNanos();
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
