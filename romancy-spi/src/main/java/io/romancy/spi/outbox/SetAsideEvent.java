package io.romancy.spi.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that nobody publishes any more, without its data: a publisher refused it for good, or it became too old.
 *
 * @param number its number in this database
 * @param id by which those who receive it tell it from others
 * @param type what happened, such as {@code order.shipped}
 * @param key what its order was kept by; null if nothing waited for it
 * @param addedAt when it was added, by the database's clock
 * @param setAsideAt when it was set aside, by the same clock
 * @param attempts how often a publisher had it
 * @param isExpired whether it became too old; otherwise it was refused
 * @param reason why, at most {@value OutboxStore#REASON_LENGTH} characters
 */
public record SetAsideEvent(
        long number,
        String id,
        String type,
        @Nullable String key,
        Instant addedAt,
        Instant setAsideAt,
        int attempts,
        boolean isExpired,
        String reason) {}
