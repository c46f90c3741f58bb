package io.romancy.spi;

import io.romancy.spi.model.DeliveredMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run sees when it looks outside: everything of one moment.
 *
 * @param wake the run's events from outside; with this number it has seen all that is here
 * @param cancelReason why its cancellation was asked for; null if it was not
 * @param mailbox what was dispatched to it and not consumed, in order
 * @param mailboxComplete false when there is more than fitted, by number or by size
 */
public record Look(
        long wake,
        @Nullable String cancelReason,
        List<DeliveredMessage> mailbox,
        boolean mailboxComplete,
        Instant now) {
    public Look {
        mailbox = List.copyOf(mailbox);
    }
}
