package io.romancy.spi.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was claimed, with what is needed to go on.
 *
 * @param input what it was started with
 * @param startedAt the database's time of the start; the same that {@code CommitResult.Born} gave
 * @param history its records in order of position: all of them, or the first ones if {@code historyComplete} is false
 * @param historyComplete false when the history was too large to come along; the rest is read page by page
 * @param mailbox what was dispatched to it and not consumed, in order; all of it, or the first ones, perhaps none, if
 *     {@code mailboxComplete} is false
 * @param cancelReason why its cancellation was asked for; null if it was not
 * @param waited how long it had been due by the database's clock when it was claimed; zero if nobody knows
 */
public record ClaimedRun(
        Claim claim,
        Route route,
        Payload input,
        Instant startedAt,
        List<StepRecord> history,
        boolean historyComplete,
        List<DeliveredMessage> mailbox,
        boolean mailboxComplete,
        @Nullable String cancelReason,
        Duration waited) {
    public ClaimedRun {
        history = List.copyOf(history);
        mailbox = List.copyOf(mailbox);
    }
}
