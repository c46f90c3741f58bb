package io.romancy.micronaut;

import io.romancy.api.Romancy;

/** Opens engines with the configuration and the beans of this application, beside its own: for tests in which one of its workers dies. */
@FunctionalInterface
public interface FurtherEngines {
    /** One more, once the application's own is open. Blocks until it has connected; whoever opens it closes it. */
    Romancy open();
}
