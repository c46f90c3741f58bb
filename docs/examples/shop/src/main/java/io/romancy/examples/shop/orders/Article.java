package io.romancy.examples.shop.orders;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * What the shop sells.
 *
 * @param damaged seen when it is packed, and too late
 */
@MappedEntity("article")
public record Article(@Id String name, long cents, int inStock, boolean damaged) {}
