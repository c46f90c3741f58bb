package io.romancy.engine.poll;

import io.romancy.spi.notification.Wake;
import java.util.Set;

/** The schedules of all pollers, for those that share their work. */
public interface Schedules extends Wake {
    /**
     * Somebody looked for these pollers, beginning at this time of our clock: their intervals start again from there. So pollers that look
     * for the same rows look once, not each.
     */
    void looked(Set<String> pollers, long began);
}
