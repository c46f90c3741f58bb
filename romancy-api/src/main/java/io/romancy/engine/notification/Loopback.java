package io.romancy.engine.notification;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.Set;

/** The way of hints within a process that has no other one. Nobody listens: what is sent arrives. */
record Loopback(HintSink sink) implements NotificationSource {
    @Override
    public String description() {
        return "this process";
    }

    /** It has its sink from the beginning. */
    @Override
    public void start(Set<String> channels, NotificationSink listener) {}

    /** What nobody here has ears for is for other processes, and there it is found by polling. */
    @Override
    public void send(List<Notification> notifications) {
        notifications.forEach(sink::receivedHere);
    }

    @Override
    public SourceState state() {
        return SourceState.LIVE;
    }

    @Override
    public void close() {}
}
