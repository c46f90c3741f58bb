package io.romancy.testkit.contract;

import io.romancy.spi.notification.NotificationSource;

/** One database whose notification sources a contract drives, for one test. */
public interface SourceUnderTest extends AutoCloseable {
    /** One more source of this database, not started; several of them hear each other. */
    NotificationSource open() throws Exception;

    /**
     * Cuts the connections on which the sources listen, as a server does that ends, and lets them come back. False if this kind of source
     * has none that could be cut.
     */
    default boolean cut() throws Exception {
        return false;
    }

    /** Takes the database away; the sources are closed by then. */
    @Override
    void close() throws Exception;
}
