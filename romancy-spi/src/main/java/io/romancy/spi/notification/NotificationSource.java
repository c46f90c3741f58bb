package io.romancy.spi.notification;

import java.util.List;
import java.util.Set;

/**
 * Moves hints between processes. It may lose, delay, double and reorder them, and says through its state how far it can be trusted.
 *
 * <p>Thread-safe. {@link #start} is called once; the source reconnects by itself, keeps its subscriptions and reports each gap.
 */
public interface NotificationSource extends AutoCloseable {
    /** What an operator knows it by, such as {@code PostgreSQL LISTEN/NOTIFY}. */
    String description();

    /** Begins to listen, in the background; returns before the first connection stands. Channel names come with their prefix. */
    void start(Set<String> channels, NotificationSink sink);

    /**
     * Sends, in a transaction of its own that flushes nothing; blocks for one round trip. Throws a {@code RomancyException} if nothing
     * was sent; the engine then sends a sweep later.
     */
    void send(List<Notification> notifications);

    SourceState state();

    /** What it did so far; returns at once. */
    default SourceStats stats() {
        return SourceStats.NONE;
    }

    /** Stops in bounded time; no callback starts after it returned. */
    @Override
    void close();
}
