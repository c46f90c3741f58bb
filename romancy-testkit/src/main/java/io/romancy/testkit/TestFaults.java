package io.romancy.testkit;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.testkit.fault.NotificationRule;
import java.time.Duration;

/**
 * What goes wrong with notifications on their way to all workers of a test. Each takes channels, or none for all of them, holds until it is
 * narrowed down or {@link #heal} is called, and counts what it met. On a storage without notifications nothing happens.
 */
public final class TestFaults {
    private final Fleet fleet;

    TestFaults(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Loses them. */
    public NotificationRule drop(NotificationChannel<?>... channels) {
        return fleet.rules().drop(channels);
    }

    /** Delivers them twice. */
    public NotificationRule duplicate(NotificationChannel<?>... channels) {
        return fleet.rules().duplicate(channels);
    }

    /** Delivers them so much later, by the real clock. */
    public NotificationRule delay(Duration by, NotificationChannel<?>... channels) {
        return fleet.rules().delay(by, channels);
    }

    /** Lets each change places with the next one. */
    public NotificationRule reorder(NotificationChannel<?>... channels) {
        return fleet.rules().reorder(channels);
    }

    /** Delivers something that nobody can read. */
    public NotificationRule corrupt(NotificationChannel<?>... channels) {
        return fleet.rules().corrupt(channels);
    }

    /** Nothing arrives any more, and nobody knows: a connection that is half open. */
    public void silence() {
        fleet.all().forEach(member -> member.faults.notifications().silence());
    }

    /** Every worker loses its connection and knows it; {@link #heal} is the reconnect. */
    public void disconnect() {
        fleet.all()
                .filter(member -> member.faults.notifications().listens())
                .forEach(member -> member.faults.notifications().disconnect());
    }

    /** Ends them all; what was kept back arrives now. */
    public void heal() {
        fleet.rules().heal();
        fleet.all().forEach(member -> member.faults.notifications().pass());
    }
}
