package io.romancy.examples.shop.orders;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An order as the shop keeps it, and as the workflow that sees it through gets it.
 *
 * @param id made up by the customer's browser, so that an order that is sent twice is one order; also the id of its workflow
 */
@Serdeable
@MappedEntity("customer_order")
public record Order(
        @Id String id, String article, int quantity, long cents, String email, String address, Stage stage) {}
