package io.romancy.spi.outbox;

import java.time.Duration;

/** What became of one head. */
public sealed interface OutboxOutcome {
    /** Whose outcome it is. */
    OutboxHead head();

    /** It arrived; the next of its key is the head. */
    record Sent(OutboxHead head) implements OutboxOutcome {}

    /** It did not arrive and stays the head of its key, which waits for this long. */
    record Later(OutboxHead head, Duration pause, String reason) implements OutboxOutcome {}

    /** It will never be taken: set aside, so that the next of its key is the head. */
    record Rejected(OutboxHead head, String reason) implements OutboxOutcome {}

    /** It is too old to be tried any longer: set aside, so that the next of its key is the head. */
    record Expired(OutboxHead head, String reason) implements OutboxOutcome {}
}
