package io.romancy.micronaut.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.romancy.engine.seam.Observed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation as a span. */
final class SpanObserved implements Observed {
    private final Span span;
    private final Context context;

    SpanObserved(Span span, Context parent) {
        this.span = span;
        this.context = parent.with(span);
    }

    @Override
    public Map<String, String> carried() {
        return TraceHeaders.write(context);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed by whoever closes what this returns
    public Inside enter() {
        Scope scope = context.makeCurrent();
        return scope::close;
    }

    @Override
    public void end(String outcome, @Nullable Throwable failure) {
        span.setAttribute(SpanDescription.OUTCOME, outcome);
        if (failure != null) {
            span.recordException(failure);
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
        } else if (outcome.equals(STUCK)) {
            span.setStatus(StatusCode.ERROR, STUCK);
        }
        span.end();
    }
}
