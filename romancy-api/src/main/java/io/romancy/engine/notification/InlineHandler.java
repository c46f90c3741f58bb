package io.romancy.engine.notification;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;

/**
 * A handler of the engine that only sets a flag, and so is called on the source's own thread: a hop to another would cost more than all
 * that it does. Not for plugins. What it misses, its poller makes up for.
 */
abstract class InlineHandler<P> implements NotificationHandler<P> {
    private final NotificationChannel<P> channel;
    private final String poller;

    InlineHandler(NotificationChannel<P> channel, String poller) {
        this.channel = channel;
        this.poller = poller;
    }

    @Override
    public final NotificationChannel<P> channel() {
        return channel;
    }

    @Override
    public abstract void handle(P payload, Wake wake);

    @Override
    public final void missed(Wake wake) {
        wake.poller(poller);
    }

    final String poller() {
        return poller;
    }
}
