package io.romancy.testkit.contract;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told. */
final class RecordingSink implements NotificationSink {
    private final List<Notification> received = new CopyOnWriteArrayList<>();
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private final List<SourceState> states = new CopyOnWriteArrayList<>();

    @Override
    public void received(Notification notification) {
        received.add(notification);
    }

    @Override
    public void gap(String reason) {
        gaps.add(reason);
    }

    @Override
    public void stateChanged(SourceState state, @Nullable String detail) {
        states.add(state);
    }

    List<Notification> received() {
        return received;
    }

    List<String> gaps() {
        return gaps;
    }

    List<SourceState> states() {
        return states;
    }
}
