package io.romancy.spi.notification;

/**
 * Hears what is said on one channel. Found by ServiceLoader, handed to the builder, or a bean of a Micronaut application; several may share
 * a channel. A bean that uses the engine takes a {@code BeanProvider<Romancy>}, and asks it when it is called.
 *
 * <p>A handler never does the work itself: hints get lost. It shortens the way to a poller. Each handler is called by one thread at a
 * time, never by the thread that reads the socket; one that throws is counted and followed by {@link #missed}, one that is slow delays
 * nobody else.
 */
public interface NotificationHandler<P> {
    NotificationChannel<P> channel();

    /** A hint came. */
    void handle(P payload, Wake wake) throws Exception;

    /** Something may have been missed: a gap, an overflow, a payload that could not be read. Anything may have happened. */
    default void missed(Wake wake) {}

    /** Among handlers of one channel the one with the smaller order is told first; it need not finish first. */
    default int order() {
        return 0;
    }
}
