package io.romancy.api;

import io.romancy.spi.error.Check;
import org.jspecify.annotations.Nullable;

/**
 * How to start an instance.
 *
 * @param id its id; null to make one up
 */
public record StartOptions(@Nullable String id) {
    private static final StartOptions AUTO = new StartOptions(null);

    public StartOptions {
        if (id != null) {
            Check.name("Instance id", id);
        }
    }

    /**
     * With this id, at most 255 bytes. Starting an id again with the same workflow and the same input finds the first instance, also
     * when it has ended; with another workflow or input it is refused with {@code START_CONFLICT}.
     */
    public static StartOptions id(String id) {
        return new StartOptions(id);
    }

    /** With an id that is made up. */
    public static StartOptions auto() {
        return AUTO;
    }
}
