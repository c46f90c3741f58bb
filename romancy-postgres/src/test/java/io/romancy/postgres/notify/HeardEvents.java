package io.romancy.postgres.notify;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it is told, as short texts in their order. */
final class HeardEvents implements NotificationSink {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();
    private volatile @Nullable String lastReason;

    @Override
    public void received(Notification notification) {
        events.add(notification.channel() + "=" + notification.payload());
    }

    @Override
    public void gap(String reason) {
        events.add("gap");
    }

    @Override
    public void stateChanged(SourceState state, @Nullable String detail) {
        if (detail != null) {
            lastReason = detail;
        }
        events.add(state.name());
    }

    /** Why the source is in its state, or was in an earlier one: the last reason that it told. */
    @Nullable
    String lastReason() {
        return lastReason;
    }

    /** Takes events until this one, and returns all since the last call, this one included. */
    List<String> until(String event) throws InterruptedException {
        taken.clear();
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (taken.isEmpty() || !taken.getLast().equals(event)) {
            String next = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("no " + event + " within " + DEADLINE + ", but " + taken);
            }
            taken.add(next);
        }
        return List.copyOf(taken);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }
}
