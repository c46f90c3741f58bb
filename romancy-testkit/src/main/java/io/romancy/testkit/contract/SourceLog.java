package io.romancy.testkit.contract;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it is told in its order, and waits for what a test needs. Thread-safe. */
final class SourceLog implements NotificationSink {
    static final String GAP = "gap";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<Object> heard = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** From here on callbacks block, against the contract of a sink. */
    void block() {
        gate = new CountDownLatch(1);
    }

    void unblock() {
        gate.countDown();
    }

    @Override
    public void received(Notification notification) {
        hear(notification);
    }

    @Override
    public void gap(String reason) {
        hear(GAP);
    }

    @Override
    public void stateChanged(SourceState state, @Nullable String detail) {
        hear(state);
    }

    private void hear(Object what) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (heard) {
            heard.add(what);
            heard.notifyAll();
        }
    }

    /** Everything so far: notifications, states, and {@link #GAP}. */
    List<Object> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    List<Notification> received() {
        return only(heard(), Notification.class).toList();
    }

    /** The payloads that came on a channel. */
    List<String> payloads(String channel) {
        return received().stream()
                .filter(notification -> notification.channel().equals(channel))
                .map(Notification::payload)
                .toList();
    }

    /** How often it was told of this. */
    long count(Object what) {
        return heard().stream().filter(what::equals).count();
    }

    void awaitLive() throws InterruptedException {
        await(SourceState.LIVE, all -> all.contains(SourceState.LIVE));
    }

    void await(Notification notification) throws InterruptedException {
        await(notification, all -> all.contains(notification));
    }

    /** Waits until this holds of everything so far; after a minute it fails with what was heard. */
    void await(Object what, Predicate<List<Object>> condition) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        synchronized (heard) {
            while (!condition.test(heard)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("not within " + DEADLINE + ": " + what + ". Heard was " + heard);
                }
                heard.wait(left);
            }
        }
    }

    private static <T> Stream<T> only(List<Object> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }
}
