package io.romancy.examples.shop.orders;

import io.micronaut.serde.annotation.Serdeable;

/**
 * The bank's message that a customer has agreed to pay. Nothing is paid yet: the shop charges it, or the agreement lapses.
 *
 * @param reference the bank's number for it; the same in a message that is sent again
 */
@Serdeable
public record Payment(String order, String reference) {}
