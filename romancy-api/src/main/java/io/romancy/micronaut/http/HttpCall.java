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
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Sends requests and reads answers, in bounded time and memory whatever the other side does. Thread-safe. */
record HttpCall(RawHttpClient client, Destination destination) {
    private static final ByteBodyFactory BODIES = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);

    /** The status decides; for the words after it nobody waits long. */
    private static final Duration WORDS = Duration.ofSeconds(1);

    /** Blocks until an answer is there, for the time-out at most; an interrupt ends it. */
    Answer post(EventMessage message) throws IOException {
        var request = HttpRequest.create(HttpMethod.POST, destination.url().toString());
        destination.headers().forEach(request::header);
        message.headers().forEach(request::header);
        try {
            Answer answer = Mono.from(client.exchange(request, BODIES.adapt(message.body()), null))
                    .timeout(destination.timeout())
                    .flatMap(this::answer)
                    .block();
            if (answer == null) {
                throw new IOException(destination.shown() + " gave no answer");
            }
            return answer;
        } catch (RuntimeException e) {
            Throwable cause = Exceptions.unwrap(e);
            // The client counts the same time and may be first; it says so in a class of its own.
            if (cause instanceof TimeoutException || cause instanceof ReadTimeoutException) {
                throw new IOException(destination.shown() + " gave no answer within " + destination.timeout(), cause);
            }
            throw new IOException(destination.shown() + " was not reached: " + cause.getMessage(), cause);
        }
    }

    private Mono<Answer> answer(HttpResponse<?> response) {
        if (!(response instanceof ByteBodyHttpResponse<?> raw)) {
            return Mono.just(Answer.of(response, new byte[0])); // a filter of the application made it
        }
        var beginning = new BodyBeginning(WORDS, destination.timeout().multipliedBy(2));
        raw.byteBody().toByteArrayPublisher().subscribe(beginning);
        return beginning.bytes().map(bytes -> Answer.of(response, bytes));
    }
}
