package io.romancy.spi.poll;

import io.romancy.spi.notification.NotificationChannel;
import java.time.Duration;
import java.util.Set;

/**
 * Looks for work in the truth, which is rows, and does it or hands it on. What notifications promise to do sooner, a poller does for
 * certain: it runs at its interval whatever else fails. Found by ServiceLoader, handed to the builder, or a bean of a Micronaut application.
 * A bean that uses the engine takes a {@code BeanProvider<Romancy>}, and asks it when it is called.
 *
 * <p>Each poller has a loop of its own, so it may block and is never called by two threads at once. An exception is logged, counted and
 * followed by a back-off; the loop goes on.
 */
public interface Poller {
    /** Unique among the engine's pollers; by this name a {@code Wake} finds it. */
    String name();

    /** The longest time between two polls while notifications are not trusted. */
    Duration interval();

    /** Looks once. */
    PollResult poll(PollContext context) throws Exception;

    /** Channels of which a message, or a gap, is a reason to look. */
    default Set<NotificationChannel<?>> wokenBy() {
        return Set.of();
    }
}
