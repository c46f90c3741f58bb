package io.romancy.spi.outbox;

import java.time.Duration;

/**
 * The oldest event of its key, due to be published.
 *
 * @param lane the number of its lane
 * @param fence the fence of the lane under which it was handed out
 * @param number the number of the event in this database
 * @param age since it was added, or put back, by the database's clock
 */
public record OutboxHead(int lane, long fence, long number, Duration age, OutboxRecord event) {
    /** What the event waits behind: its key, or itself. */
    public String key() {
        String key = event.key();
        return key == null ? event.id() : key;
    }
}
