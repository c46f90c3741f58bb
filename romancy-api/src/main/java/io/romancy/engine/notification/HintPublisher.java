package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.QuietEvents;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes, after a commit, that there may be something to do. Whatever goes wrong with a hint, nobody who gives one notices
 * it: the work is in rows, and polls find it.
 *
 * <p>With a source it has a thread of its own; without one it does nothing.
 */
public final class HintPublisher implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final QuietEvents events;
    private final @Nullable HintSender sender;

    /** Takes the prefix for channel names; the source is not closed here. */
    public HintPublisher(
            Environment environment, @Nullable NotificationSource source, String prefix, Consumer<EngineEvent> events) {
        this.events = new QuietEvents(events);
        this.sender = source == null ? null : new HintSender(environment, source, prefix, this.events);
    }

    /** Starts the thread; hints that were given before are sent then. */
    public void start() {
        if (sender != null) {
            sender.start();
        }
    }

    /**
     * Gives a hint. Returns at once, throws nothing, waits for no I/O; the payload is written as text on the caller's thread. Equal
     * hints, and many on one channel, are sent as one. After the close it does nothing.
     */
    public <P> void hint(NotificationChannel<P> channel, P payload) {
        if (sender != null) {
            sender.hint(channel, payload);
        }
    }

    public PublisherStats stats() {
        return sender == null ? PublisherStats.NONE : sender.stats();
    }

    /** Closes within two seconds and a half. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Sends what is left, once, so that the work which a stopping worker hands over does not wait for a poll. After this time a send
     * that is under way is interrupted, and half a second later left to itself. No event begins after it returned.
     */
    public void close(Duration atMost) {
        if (sender != null) {
            sender.close(atMost);
        }
        events.close();
    }
}
