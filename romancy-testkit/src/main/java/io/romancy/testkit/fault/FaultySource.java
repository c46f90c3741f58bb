package io.romancy.testkit.fault;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import java.util.List;
import java.util.Set;

/** A notification source whose notifications, on their way here, meet faults. */
record FaultySource(NotificationSource inner, Calls calls, Faults faults) implements NotificationSource {
    @Override
    public String description() {
        return inner.description() + " behind faults";
    }

    @Override
    public void start(Set<String> channels, NotificationSink sink) {
        inner.start(channels, faults.notifications().between(channels, sink));
    }

    @Override
    public void send(List<Notification> notifications) {
        faults.watch().notifying(notifications);
        calls.tell(StorageCall.NOTIFY, () -> {
            inner.send(notifications);
            faults.watch().notified(notifications);
        });
    }

    @Override
    public SourceState state() {
        return faults.notifications().isConnected() ? inner.state() : SourceState.DOWN;
    }

    @Override
    public SourceStats stats() {
        return inner.stats();
    }

    @Override
    public void close() {
        inner.close();
    }
}
