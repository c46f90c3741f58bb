package io.romancy.testkit.memory;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Notifications between the storages of one database: delivered by a thread of their own, in order, and LIVE from the start. */
final class MemoryNotificationSource implements NotificationSource {
    private static final int CAPACITY = 10_000;

    private final Bells bells;
    private final BlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private final AtomicBoolean overflown = new AtomicBoolean();
    /** Held during each callback, so that close can wait for the one that runs. */
    private final ReentrantLock callback = new ReentrantLock();

    private volatile SourceState state = SourceState.CONNECTING;
    private volatile Set<String> channels = Set.of();
    private volatile @Nullable NotificationSink sink;
    private @Nullable Thread thread;

    MemoryNotificationSource(Bells bells) {
        this.bells = bells;
    }

    @Override
    public String description() {
        return "in-memory notifications";
    }

    @Override
    public synchronized void start(Set<String> subscribed, NotificationSink to) {
        if (sink != null || state == SourceState.CLOSED) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "The notification source cannot be started: it is " + state
                            + ". Start each once, and open a new one.");
        }
        sink = to;
        channels = Set.copyOf(subscribed);
        bells.add(this);
        state = SourceState.LIVE;
        deliveries.add(() -> to.gap("the source started"));
        deliveries.add(() -> to.stateChanged(SourceState.LIVE, null));
        thread = Thread.ofVirtual().name("romancy-memory-notifications").start(this::deliver);
    }

    @Override
    public void send(List<Notification> notifications) {
        if (state == SourceState.CLOSED) {
            throw new RomancyException(
                    ErrorCode.NOTIFICATION_FAILED,
                    "Notifications cannot be sent: their source is closed. Open the storage again.");
        }
        bells.ring(notifications);
    }

    @Override
    public SourceState state() {
        return state;
    }

    @Override
    public void close() {
        Thread delivering;
        synchronized (this) {
            state = SourceState.CLOSED;
            bells.remove(this);
            delivering = thread;
        }
        if (delivering != null) {
            delivering.interrupt();
        }
        awaitRunningCallback();
    }

    /** A callback that runs ends first, and the next one sees CLOSED. Free at once for a callback that closes its own source. */
    private void awaitRunningCallback() {
        callback.lock();
        try {
            deliveries.clear();
        } finally {
            callback.unlock();
        }
    }

    /** Never blocks: what does not fit any more is collapsed into one gap. */
    void offer(Notification notification) {
        NotificationSink to = sink;
        if (to == null || !channels.contains(notification.channel())) {
            return;
        }
        if (deliveries.size() < CAPACITY) {
            deliveries.add(() -> to.received(notification));
        } else if (overflown.compareAndSet(false, true)) {
            deliveries.add(() -> {
                overflown.set(false);
                to.gap("more than " + CAPACITY + " notifications were waiting");
            });
        }
    }

    private void deliver() {
        try {
            while (state != SourceState.CLOSED) {
                Runnable delivery = deliveries.take();
                callback.lock();
                try {
                    if (state != SourceState.CLOSED) {
                        delivery.run();
                    }
                } finally {
                    callback.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed while it waited
        }
    }
}
