package io.romancy.examples.shop.orders;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a customer sends. */
@Serdeable
public record NewOrder(String id, String article, int quantity, String email, String address) {
    /** What is wrong with it, if anything is: what the JSON leaves out is null. */
    Optional<String> refusal() {
        if (Stream.of(id, article, email, address).anyMatch(Objects::isNull)) {
            return Optional.of("an order needs id, article, quantity, email and address");
        }
        return quantity < 1 ? Optional.of("quantity = " + quantity + " is refused: order 1 or more") : Optional.empty();
    }

    Order at(long centsEach) {
        return new Order(id, article, quantity, quantity * centsEach, email, address, Stage.PLACED);
    }
}
