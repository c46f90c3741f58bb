package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the thread that reads the socket to the sink, in order. Bounded: when the sink is slower than the sender, the
 * notifications that wait are exchanged for one gap, which says the same with fewer words.
 */
final class SinkQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkQueue.class);
    private static final int CAPACITY = 10_000;

    private final NotificationSink sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Event> events = new ArrayDeque<>();
    private final Thread thread;
    private int waitingNotifications;
    private boolean closed;

    SinkQueue(NotificationSink sink, String name) {
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> Turns.take(this::callSink));
    }

    void start() {
        thread.start();
    }

    void received(Notification notification) {
        lock.lock();
        try {
            if (waitingNotifications >= CAPACITY) {
                // At once and not when the queue is empty: under a flood that lasts it never is.
                events.removeIf(event -> event.kind() != Kind.NEWS);
                waitingNotifications = 0;
                add(Kind.OVERFLOW, to -> to.gap("more notifications came than could be kept"));
            } else {
                waitingNotifications++;
                add(Kind.NOTIFICATION, to -> to.received(notification));
            }
        } finally {
            lock.unlock();
        }
    }

    void gap(String reason) {
        add(Kind.NEWS, to -> to.gap(reason));
    }

    void stateChanged(SourceState state, @Nullable String detail) {
        add(Kind.NEWS, to -> to.stateChanged(state, detail));
    }

    /** What waits is dropped; no event starts after this returned. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        Threads.join(thread, Duration.ofSeconds(2));
    }

    private void add(Kind kind, Consumer<NotificationSink> call) {
        lock.lock();
        try {
            if (!closed) {
                events.add(new Event(kind, call));
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One event; false at the end. */
    private boolean callSink() {
        Event event = next();
        if (event == null) {
            return false;
        }
        try {
            event.call().accept(sink);
        } catch (RuntimeException | Error e) {
            Turns.log(() -> LOG.warn("A notification sink threw, which it must not; the event is lost", e));
        }
        return true;
    }

    /** Null at the end. */
    private @Nullable Event next() {
        lock.lock();
        try {
            while (!closed && events.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            Event event = closed ? null : events.poll();
            if (event != null && event.kind() == Kind.NOTIFICATION) {
                waitingNotifications--;
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /** One call of the sink. */
    private record Event(Kind kind, Consumer<NotificationSink> call) {}

    private enum Kind {
        /** May be exchanged for a gap. */
        NOTIFICATION,
        /** The gap for which they were exchanged; the next one says the same. */
        OVERFLOW,
        /** Is told whatever comes. */
        NEWS
    }
}
