package io.romancy.engine.notification;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that wait for one handler. When it is full, all of them collapse into one "you missed something", and so does what comes
 * until the handler takes that: it then begins with a clean slate, however long the flood was. Thread-safe.
 */
final class HandlerQueue {
    static final int CAPACITY = 1_024;

    private final Deque<String> payloads = new ArrayDeque<>(CAPACITY);
    private boolean missed;
    private boolean overflowed;
    private long overflows;

    /** Adds a payload. Returns true if it is the one that made the queue overflow. */
    synchronized boolean offer(String payload) {
        if (overflowed) {
            return false;
        }
        if (payloads.size() < CAPACITY) {
            payloads.add(payload);
            return false;
        }
        payloads.clear();
        overflowed = true;
        missed = true;
        overflows++;
        return true;
    }

    /** Something may have been missed; payloads that wait are kept, and come after it. */
    synchronized void miss() {
        missed = true;
    }

    synchronized @Nullable Item take() {
        if (missed) {
            missed = false;
            overflowed = false;
            return new Missed();
        }
        String payload = payloads.poll();
        return payload == null ? null : new Hint(payload);
    }

    synchronized int size() {
        return payloads.size();
    }

    synchronized long overflows() {
        return overflows;
    }

    /** What a handler is told next. */
    sealed interface Item {}

    record Hint(String payload) implements Item {}

    record Missed() implements Item {}
}
