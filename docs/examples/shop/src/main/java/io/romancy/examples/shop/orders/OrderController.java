package io.romancy.examples.shop.orders;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.romancy.api.MessageOptions;
import io.romancy.api.Romancy;
import java.net.URI;
import java.util.Optional;

/** The shop's interface on the web. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class OrderController {
    private final OrderDesk desk;
    private final Romancy romancy;

    OrderController(OrderDesk desk, Romancy romancy) {
        this.desk = desk;
        this.romancy = romancy;
    }

    @Post("/orders")
    HttpResponse<?> place(@Body NewOrder wanted) {
        Optional<String> refusal = wanted.refusal();
        if (refusal.isPresent()) {
            return HttpResponse.badRequest(refusal.get());
        }
        return desk.place(wanted)
                .<HttpResponse<?>>map(order -> HttpResponse.accepted(URI.create("/orders/" + order.id()))
                        .body(order))
                .orElseGet(() -> HttpResponse.badRequest("there is no article '" + wanted.article() + "'"));
    }

    @Get("/orders/{id}")
    Optional<Order> show(String id) {
        return desk.find(id);
    }

    @Delete("/orders/{id}")
    HttpResponse<?> cancel(String id) {
        return desk.cancel(id) ? HttpResponse.accepted() : HttpResponse.status(HttpStatus.CONFLICT);
    }

    /** The bank's message, which the bank sends again until it gets an answer: the same reference is the same payment. */
    @Post("/payments")
    HttpResponse<?> pay(@Body Payment payment) {
        romancy.send(payment.order(), OrderProcess.PAYMENTS, payment, MessageOptions.key(payment.reference()));
        return HttpResponse.accepted();
    }
}
