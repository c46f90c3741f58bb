package io.romancy.testkit.simulation;

import io.romancy.spi.notification.Notification;
import java.util.ArrayList;
import java.util.List;

/** Who listens, in the order of their coming. */
final class SimulatedBells {
    private final List<SimulatedSource> listening = new ArrayList<>();

    void add(SimulatedSource source) {
        listening.add(source);
    }

    void remove(SimulatedSource source) {
        listening.remove(source);
    }

    /** Rings for everyone, the sender too. */
    void ring(List<Notification> notifications) {
        for (SimulatedSource source : listening) {
            notifications.forEach(source::comes);
        }
    }
}
