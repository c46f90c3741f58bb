package io.romancy.micronaut.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place in a trace as {@code traceparent} and {@code tracestate}. */
final class TraceHeaders {
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String key) {
            return headers == null ? null : headers.get(key);
        }
    };

    private TraceHeaders() {}

    static Map<String, String> write(Context context) {
        Map<String, String> headers = new LinkedHashMap<>();
        FORMAT.inject(context, headers, (into, name, value) -> {
            if (into != null) {
                into.put(name, value);
            }
        });
        return headers;
    }

    /** The root of a new trace, if there is none in it. */
    static Context read(Map<String, String> headers) {
        return FORMAT.extract(Context.root(), headers, GETTER);
    }
}
