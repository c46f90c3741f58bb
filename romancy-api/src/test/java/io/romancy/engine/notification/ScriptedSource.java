package io.romancy.engine.notification;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source that sends into a queue, fails as told, and whose sink the test calls. */
final class ScriptedSource implements NotificationSource {
    final BlockingQueue<List<Notification>> sent = new LinkedBlockingQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);
    volatile Consumer<List<Notification>> onSend = batch -> {};
    volatile Runnable onClose = () -> {};
    volatile Set<String> channels = Set.of();
    private volatile @Nullable NotificationSink sink;

    volatile SourceState state = SourceState.CONNECTING;

    @Override
    public String description() {
        return "PostgreSQL LISTEN/NOTIFY";
    }

    @Override
    public void start(Set<String> names, NotificationSink to) {
        channels = names;
        sink = to;
    }

    @Override
    public void send(List<Notification> notifications) {
        onSend.accept(notifications);
        sent.add(notifications);
    }

    @Override
    public SourceState state() {
        return state;
    }

    @Override
    public void close() {
        closed.countDown();
        onClose.run();
    }

    NotificationSink sink() {
        NotificationSink started = sink;
        if (started == null) {
            throw new AssertionError("not started");
        }
        return started;
    }

    void hears(String channel, String payload) {
        sink().received(new Notification(channel, payload));
    }
}
