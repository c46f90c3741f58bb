package io.romancy.testkit.fault;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import org.jspecify.annotations.Nullable;

/** What the real source tells, less what the faults keep from the engine. */
record FaultySink(NotificationFaults faults, NotificationSink engine) implements NotificationSink {
    @Override
    public void received(Notification notification) {
        faults.received(notification, engine);
    }

    @Override
    public void gap(String reason) {
        if (faults.isHeard()) {
            engine.gap(reason);
        }
    }

    @Override
    public void stateChanged(SourceState state, @Nullable String detail) {
        if (faults.isHeard() || state == SourceState.CLOSED) {
            engine.stateChanged(state, detail);
        }
    }
}
