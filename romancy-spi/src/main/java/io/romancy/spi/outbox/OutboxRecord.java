package io.romancy.spi.outbox;

import io.romancy.spi.model.Payload;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a publisher gets it. Published at least once: after a crash, or an answer that was lost, it comes again with the same id,
 * by which those who receive it can tell.
 *
 * @param type what happened, such as {@code order.shipped}
 * @param key what its order is kept by; null if nothing waits for it
 * @param at when it was added, by the database's clock
 * @param attempt 1 for the first
 */
public record OutboxRecord(
        String id,
        String type,
        @Nullable String key,
        Map<String, String> headers,
        Payload payload,
        Instant at,
        int attempt) {
    public OutboxRecord {
        headers = Map.copyOf(headers);
    }
}
