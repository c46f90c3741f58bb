package io.romancy.examples.shop.partners;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Where the carrier receives CloudEvents. */
@Controller("/events")
@ExecuteOn(TaskExecutors.BLOCKING)
class CarrierController {
    private final Carrier carrier;

    CarrierController(Carrier carrier) {
        this.carrier = carrier;
    }

    @Post
    HttpResponse<?> receive(@Header("ce-id") String id, @Header("ce-type") String type, @Body Notice notice) {
        carrier.take(id, type, notice);
        return HttpResponse.accepted();
    }
}
