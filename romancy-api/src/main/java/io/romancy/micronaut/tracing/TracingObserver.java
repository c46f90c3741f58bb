package io.romancy.micronaut.tracing;

import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Makes a span of each operation. What is carried along is the W3C trace context, whatever the application's propagators are: it is stored,
 * and may be read by another application, much later.
 */
@Singleton
@Requires(beans = OpenTelemetry.class)
final class TracingObserver implements Observer {
    private static final String SCOPE = "io.romancy";

    private final Tracer tracer;

    TracingObserver(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(SCOPE);
    }

    @Override
    public Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links) {
        Context parent = cause.isEmpty() ? Context.current() : TraceHeaders.read(cause);
        var described = SpanDescription.of(what);
        var builder = tracer.spanBuilder(described.name())
                .setParent(parent)
                .setSpanKind(described.kind())
                .setAllAttributes(described.attributes());
        for (Map<String, String> link : links) {
            SpanContext linked = Span.fromContext(TraceHeaders.read(link)).getSpanContext();
            if (linked.isValid()) {
                builder.addLink(linked);
            }
        }
        return new SpanObserved(builder.startSpan(), parent);
    }
}
