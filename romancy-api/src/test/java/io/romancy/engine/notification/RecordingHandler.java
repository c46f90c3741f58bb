package io.romancy.engine.notification;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Hears texts, and puts them and "missed" into a queue after it did what it was told to do. */
class RecordingHandler implements NotificationHandler<String> {
    static final String MISSED = "missed";

    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final NotificationChannel<String> channel;
    private final int order;
    private final Body body;

    RecordingHandler(NotificationChannel<String> channel, Body body) {
        this(channel, 0, body);
    }

    RecordingHandler(NotificationChannel<String> channel, int order, Body body) {
        this.channel = channel;
        this.order = order;
        this.body = body;
    }

    @Override
    public NotificationChannel<String> channel() {
        return channel;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public void handle(String payload, Wake wake) throws Exception {
        thread.set(Thread.currentThread());
        body.run(payload, wake);
        heard.add(payload);
    }

    @Override
    public void missed(Wake wake) {
        heard.add(MISSED);
    }

    /** What it does with a hint. */
    @FunctionalInterface
    interface Body {
        void run(String payload, Wake wake) throws Exception;
    }
}
