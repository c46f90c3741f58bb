package io.romancy.micronaut.http;

import io.micronaut.context.BeanContext;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.LoadBalancer;
import io.micronaut.http.client.RawHttpClient;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import java.io.IOException;
import java.time.Clock;

/**
 * Sends events of the outbox as CloudEvents to one URL. Arrived is what was answered with 2xx. A 4xx sets the event aside, except for 408,
 * 425 and 429; with these, any other answer and none at all the event is sent again later, after the pause that {@code Retry-After} asks for
 * or one that grows. Redirects are not followed.
 */
final class HttpOutboxPublisher implements OutboxPublisher, AutoCloseable {
    /** Behind publishers of the application, which know what they want. */
    private static final int ORDER = 1_000;

    private final Destination destination;
    private final EventMapping mapping;
    private final HttpCall call;
    private final AnswerRules rules;

    private HttpOutboxPublisher(Destination destination, RawHttpClient client) {
        this.destination = destination;
        this.mapping = new EventMapping(destination.source());
        this.call = new HttpCall(client, destination);
        this.rules = new AnswerRules(destination, Clock.systemUTC());
    }

    /** Whether there is a client to be had. */
    static boolean isPossible(BeanContext beans) {
        return beans.containsBean(HttpClient.class);
    }

    /** A publisher with a client of its own, which the application's filters apply to if its HTTP client lets them. */
    static HttpOutboxPublisher of(BeanContext beans, Destination destination) {
        var configuration = beans.getBean(HttpOutboxClientConfiguration.class).within(destination.timeout());
        HttpClient client = beans.createBean(HttpClient.class, LoadBalancer.fixed(destination.url()), configuration);
        if (client instanceof RawHttpClient raw) {
            return new HttpOutboxPublisher(destination, raw);
        }
        client.close();
        return new HttpOutboxPublisher(destination, RawHttpClient.create(destination.url(), configuration));
    }

    @Override
    public boolean accepts(String type) {
        return destination.takes(type);
    }

    @Override
    public void publish(OutboxRecord event) throws IOException {
        var message = EventMessage.of(mapping.cloudEvent(event), destination.mode(), mapping.requestHeaders(event));
        rules.judge(call.post(message));
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void close() throws IOException {
        call.client().close();
    }

    @Override
    public String toString() {
        return "HttpOutboxPublisher[" + destination + "]";
    }
}
