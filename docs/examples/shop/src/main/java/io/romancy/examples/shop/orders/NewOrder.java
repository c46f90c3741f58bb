package io.romancy.examples.shop.orders;

import io.micronaut.serde.annotation.Serdeable;

/** What a customer sends. */
@Serdeable
public record NewOrder(String id, String article, int quantity, String email, String address) {
    Order at(long centsEach) {
        return new Order(id, article, quantity, quantity * centsEach, email, address, Stage.PLACED);
    }
}
