package io.romancy.spi.notification;

import org.jspecify.annotations.Nullable;

/** Where a source puts what it hears. Thread-safe; every method returns at once and throws nothing. */
public interface NotificationSink {
    /** A notification came. Late, doubled, reordered or forged ones cost time and nothing else. */
    void received(Notification notification);

    /** Notifications may have been missed: called after every (re)connect, once its subscriptions are in force, before LIVE. */
    void gap(String reason);

    /** The source's state changed; the detail is what an operator would like to read, such as the error. */
    void stateChanged(SourceState state, @Nullable String detail);
}
