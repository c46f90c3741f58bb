package io.romancy.testkit.memory;

import io.romancy.spi.notification.Notification;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Who listens on a database. */
final class Bells {
    private final Set<MemoryNotificationSource> listening = new CopyOnWriteArraySet<>();

    void add(MemoryNotificationSource source) {
        listening.add(source);
    }

    void remove(MemoryNotificationSource source) {
        listening.remove(source);
    }

    /** Rings for everyone, the sender too, as a database would. */
    void ring(List<Notification> notifications) {
        for (MemoryNotificationSource source : listening) {
            notifications.forEach(source::offer);
        }
    }
}
