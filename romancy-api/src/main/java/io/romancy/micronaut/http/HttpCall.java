package io.romancy.micronaut.http;

import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.http.ByteBodyHttpResponse;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.client.RawHttpClient;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Sends requests and reads answers, in bounded time and memory whatever the other side does. Thread-safe. */
record HttpCall(RawHttpClient client, Destination destination) {
    private static final ByteBodyFactory BODIES = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);

    /** The status decides; for the words after it nobody waits long. */
    private static final Duration WORDS = Duration.ofSeconds(1);

    /** Blocks until an answer is there, for the time-out at most; an interrupt ends it. */
    Answer post(EventMessage message) throws IOException {
        // A late one is not cancelled: the client would log what ends its connection after that as an error. It is read
        // like any other, so that its connection becomes free or is closed.
        CompletableFuture<? extends HttpResponse<?>> head = Mono.from(
                        client.exchange(request(message), BODIES.adapt(message.body()), null))
                .single()
                .toFuture();
        CompletableFuture<Answer> answer = head.thenCompose(this::answer);
        try {
            head.get(destination.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return answer.get();
        } catch (TimeoutException e) {
            throw late(e);
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(destination.shown() + " had not answered when its thread was interrupted", e);
        }
    }

    private HttpRequest<?> request(EventMessage message) {
        var request = HttpRequest.create(HttpMethod.POST, destination.url().toString());
        destination.headers().forEach(request::header);
        message.headers().forEach(request::header);
        return request;
    }

    private IOException failed(Throwable cause) {
        if (cause instanceof ReadTimeoutException) {
            return late(cause); // the client counts the same time, and was first
        }
        return new IOException(destination.shown() + " was not reached: " + cause.getMessage(), cause);
    }

    private IOException late(Throwable cause) {
        return new IOException(destination.shown() + " gave no answer within " + destination.timeout(), cause);
    }

    private CompletableFuture<Answer> answer(HttpResponse<?> response) {
        if (!(response instanceof ByteBodyHttpResponse<?> raw)) {
            // a filter of the application made it
            return CompletableFuture.completedFuture(Answer.of(response, new byte[0]));
        }
        var beginning = new BodyBeginning(WORDS, destination.timeout().multipliedBy(2));
        raw.byteBody().toByteArrayPublisher().subscribe(beginning);
        return beginning.bytes().map(bytes -> Answer.of(response, bytes)).toFuture();
    }
}
