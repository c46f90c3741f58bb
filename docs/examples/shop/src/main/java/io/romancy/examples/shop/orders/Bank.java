package io.romancy.examples.shop.orders;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;

/** The bank's interface on the web. */
@Client("${partners.url}/bank")
interface Bank {
    @Post("/charges")
    void charge(@Header("Idempotency-Key") String key, @Body Charge charge);

    @Post("/refunds")
    void refund(@Body Refund refund);

    /** What to take, and by which agreement. */
    @Serdeable
    record Charge(String reference, long cents) {}

    /** Which agreement has come to nothing. */
    @Serdeable
    record Refund(String reference) {}
}
