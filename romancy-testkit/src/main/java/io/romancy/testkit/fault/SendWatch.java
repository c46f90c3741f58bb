package io.romancy.testkit.fault;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.notification.Notification;
import java.util.List;

/** Sees what an engine sends, just before it is on its way and just after it took effect. May let the engine die there. */
public interface SendWatch {
    /** Looks at nothing. */
    SendWatch NONE = new SendWatch() {};

    /** A batch is about to be sent. */
    default void committing(List<Commit> batch) {}

    /** A batch was written; the engine has not heard of it. */
    default void committed(List<Commit> batch) {}

    /** Notifications are about to be sent. */
    default void notifying(List<Notification> notifications) {}

    /** Notifications were sent; the engine has not heard of it. */
    default void notified(List<Notification> notifications) {}
}
