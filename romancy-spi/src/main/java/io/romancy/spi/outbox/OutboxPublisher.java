package io.romancy.spi.outbox;

/**
 * Brings events of the outbox to where they belong: a broker, a web hook, another service. Found by ServiceLoader, handed to the builder, or a
 * bean of a Micronaut application. A bean that uses the engine takes a {@code BeanProvider<Romancy>}, and asks it when it is called.
 * Thread-safe: called by many threads at once, on virtual ones, for events of different keys.
 */
public interface OutboxPublisher {
    /** Whether this publisher takes events of this type. Of several, the first in order does. Must not block. */
    boolean accepts(String type);

    /**
     * Publishes one event, and returns when it has arrived. No transaction is open and no connection held meanwhile. May block up to the
     * publish timeout; is then interrupted, and whatever it still does counts no more.
     *
     * <p>A {@link EventRejectedException} sets the event aside, and its key goes on. A {@link PublishLaterException} says when to try again.
     * The {@code TerminalException} and the {@code RetryLaterException} of {@code romancy-api} do the same, and so does any of these four as
     * a cause of what is thrown; the outermost decides. Any other exception, and a time-out, is temporary: the event is tried again after a
     * pause that grows, and only its key waits.
     */
    void publish(OutboxRecord event) throws Exception;

    /** Where it stands among publishers of the same type, lower first. */
    default int order() {
        return 0;
    }
}
