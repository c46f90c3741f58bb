package io.romancy.examples.orders;

import java.time.Instant;

/**
 * How an order ended: the result of the workflow.
 *
 * @param charge the provider's number; empty if nothing was charged
 * @param parcel the carrier's number; empty if nothing was sent
 */
public record Receipt(String order, Outcome outcome, String charge, String parcel, Instant at) {
    /** The ends that an order can come to by itself. */
    public enum Outcome {
        SHIPPED,
        NOT_PAID,
        REFUNDED
    }
}
