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
    private final Queue<Consumer<NotificationSink>> events = new ArrayDeque<>();
    private final Thread thread;
    private int waitingNotifications;
    private boolean overflowed;
    private boolean closed;

    SinkQueue(NotificationSink sink, String name) {
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void received(Notification notification) {
        lock.lock();
        try {
            if (waitingNotifications >= CAPACITY) {
                overflowed = true;
            } else if (!closed) {
                waitingNotifications++;
                events.add(to -> {
                    taken();
                    to.received(notification);
                });
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void gap(String reason) {
        add(to -> to.gap(reason));
    }

    void stateChanged(SourceState state, @Nullable String detail) {
        add(to -> to.stateChanged(state, detail));
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

    private void add(Consumer<NotificationSink> event) {
        lock.lock();
        try {
            if (!closed) {
                events.add(event);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void taken() {
        lock.lock();
        try {
            waitingNotifications--;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Consumer<NotificationSink> event = next();
        while (event != null) {
            try {
                event.accept(sink);
            } catch (RuntimeException | Error e) {
                LOG.warn("A notification sink threw, which it must not; the event is lost", e);
            }
            event = next();
        }
    }

    /** Null at the end. */
    private @Nullable Consumer<NotificationSink> next() {
        lock.lock();
        try {
            while (!closed && events.isEmpty()) {
                if (overflowed) {
                    overflowed = false;
                    return to -> to.gap("more notifications came than could be kept");
                }
                changed.awaitUninterruptibly();
            }
            return closed ? null : events.poll();
        } finally {
            lock.unlock();
        }
    }
}
