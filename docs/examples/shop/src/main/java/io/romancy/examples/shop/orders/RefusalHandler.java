package io.romancy.examples.shop.orders;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;

/** What the web is told when Romancy refuses a call. */
@Singleton
final class RefusalHandler implements ExceptionHandler<RomancyException, HttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, RomancyException refusal) {
        return switch (refusal.code()) {
            case INSTANCE_NOT_FOUND -> HttpResponse.notFound("there is no such order");
            case INSTANCE_ENDED -> HttpResponse.status(HttpStatus.CONFLICT).body("the order is closed");
            case INVALID_ARGUMENT -> HttpResponse.badRequest(refusal.getMessage());
            default -> HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE).body("please try again");
        };
    }
}
