package io.romancy.examples.orders;

/**
 * The provider's message that a customer has agreed to pay.
 *
 * @param reference the provider's number for it; the same in a message that is sent again
 */
public record Payment(String reference, long cents) {}
