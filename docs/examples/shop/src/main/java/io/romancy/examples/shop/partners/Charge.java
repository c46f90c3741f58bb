package io.romancy.examples.shop.partners;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * Money that was taken.
 *
 * @param key by which whoever asked for it asks again
 */
@MappedEntity("charge")
record Charge(@Id String key, String reference, long cents) {}
