package io.romancy.spi.notification;

import java.time.Duration;

/** How a handler asks for work: it names the poller that will find it. Thread-safe, returns at once; an unknown name is ignored and logged. */
public interface Wake {
    /** Lets this poller look as soon as it can. */
    void poller(String name);

    /** Lets this poller look after this time at the latest. */
    void pollerIn(String name, Duration delay);
}
