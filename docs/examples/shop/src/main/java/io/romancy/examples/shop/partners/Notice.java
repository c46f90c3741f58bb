package io.romancy.examples.shop.partners;

import io.micronaut.serde.annotation.Serdeable;

/** What the carrier reads of an event; the rest does not concern it. */
@Serdeable
record Notice(String id, String article, int quantity, String email, String address) {}
