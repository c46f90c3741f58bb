package io.romancy.examples.shop.partners;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;

/** The bank: the same key is the same charge, however often it is asked for. */
@Controller("/bank")
@ExecuteOn(TaskExecutors.BLOCKING)
class BankController {
    private final Ledger ledger;

    BankController(Ledger ledger) {
        this.ledger = ledger;
    }

    @Post("/charges")
    HttpResponse<?> charge(@Header("Idempotency-Key") String key, @Body Wish wish) {
        boolean first = ledger.charge(key, wish.reference(), wish.cents()) == 1;
        return first ? HttpResponse.created("") : HttpResponse.ok();
    }

    @Post("/refunds")
    HttpResponse<?> refund(@Body End end) {
        ledger.refund(end.reference());
        return HttpResponse.ok();
    }

    /** What to take, and by which agreement. */
    @Serdeable
    record Wish(String reference, long cents) {}

    /** Which agreement has come to nothing, whether something was taken or not. */
    @Serdeable
    record End(String reference) {}
}
