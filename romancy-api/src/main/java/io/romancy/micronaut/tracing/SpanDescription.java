package io.romancy.micronaut.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.model.Route;

/**
 * How an operation looks as a span.
 *
 * @param name one of few: what tells instances apart is in the attributes
 */
record SpanDescription(String name, SpanKind kind, Attributes attributes) {
    static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("romancy.workflow");
    static final AttributeKey<Long> VERSION = AttributeKey.longKey("romancy.workflow.version");
    static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("romancy.instance");
    static final AttributeKey<Boolean> RESUMED = AttributeKey.booleanKey("romancy.resumed");
    static final AttributeKey<String> STEP = AttributeKey.stringKey("romancy.step");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("romancy.attempt");
    static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("romancy.channel");
    static final AttributeKey<String> TARGET = AttributeKey.stringKey("romancy.target");
    static final AttributeKey<Long> MESSAGE = AttributeKey.longKey("romancy.message");
    static final AttributeKey<String> EVENT = AttributeKey.stringKey("romancy.event");
    static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("romancy.event.type");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("romancy.outcome");

    static SpanDescription of(Operation what) {
        return switch (what) {
            case Operation.Start start ->
                new SpanDescription(
                        "start " + start.route().workflow(),
                        SpanKind.PRODUCER,
                        instance(start.route(), start.id()).build());
            case Operation.Run run ->
                new SpanDescription(
                        "run " + run.route().workflow(),
                        SpanKind.CONSUMER,
                        instance(run.route(), run.id())
                                .put(RESUMED, run.resumed())
                                .build());
            case Operation.Attempt attempt ->
                new SpanDescription(
                        "step " + attempt.kind(),
                        SpanKind.INTERNAL,
                        instance(attempt.route(), attempt.id())
                                .put(STEP, attempt.step())
                                .put(ATTEMPT, (long) attempt.number())
                                .build());
            case Operation.Send send -> send(send);
            case Operation.Receive receive ->
                new SpanDescription(
                        "receive " + receive.channel().name(),
                        SpanKind.CONSUMER,
                        instance(receive.route(), receive.id())
                                .put(CHANNEL, receive.channel().name())
                                .put(MESSAGE, receive.message())
                                .build());
            case Operation.AddEvent add ->
                new SpanDescription(
                        "add " + add.type(), SpanKind.PRODUCER, Attributes.of(EVENT_TYPE, add.type(), EVENT, add.id()));
            case Operation.PublishEvent publish ->
                new SpanDescription(
                        "publish " + publish.type(),
                        SpanKind.PRODUCER,
                        Attributes.of(
                                EVENT_TYPE, publish.type(), EVENT, publish.id(), ATTEMPT, (long) publish.attempt()));
        };
    }

    private static SpanDescription send(Operation.Send send) {
        String channel = send.channel().name();
        AttributesBuilder attributes = Attributes.builder().put(CHANNEL, channel);
        if (send.target() == null) {
            return new SpanDescription("publish " + channel, SpanKind.PRODUCER, attributes.build());
        }
        return new SpanDescription(
                "send " + channel,
                SpanKind.PRODUCER,
                attributes.put(TARGET, send.target()).build());
    }

    private static AttributesBuilder instance(Route route, String id) {
        return Attributes.builder()
                .put(WORKFLOW, route.workflow())
                .put(VERSION, (long) route.version())
                .put(INSTANCE, id);
    }
}
