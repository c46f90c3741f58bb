package io.romancy.testkit.micronaut;

import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.published;
import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.spi.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One trace from the caller through everything that follows, whoever does it and whenever. */
class TracingTest {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("romancy.outcome");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Map<String, Object> options = App.options(App.database());

    TracingTest() {
        options.put("test.spans", true);
        options.put("test.publisher", true);
        options.put("romancy.max-parked-workflows", 0);
    }

    @Test
    void aTraceGoesThroughProcessesAndWaits() {
        options.put("romancy.worker.enabled", false);
        try (var client = new App(options)) {
            options.put("romancy.worker.enabled", true);
            List<SpanData> spans = new ArrayList<>();

            var caller =
                    inSpan(client, "order", () -> client.romancy().start(Traced.class, "Ada", StartOptions.id("t1")));
            try (var first = new App(options)) {
                first.events.await(suspended("t1"));
                spans.addAll(closed(first));
            }
            var payer = inSpan(client, "pay", () -> client.romancy().send("t1", Traced.PAID, "paid"));
            options.put("greeter.failures", 1);
            try (var second = new App(options)) {
                assertThat(client.romancy().handle("t1", Traced.class).result(DEADLINE))
                        .isEqualTo("paid true");
                second.events.await(ended("t1-ping"));
                second.events.await(published("order.shipped"));
                spans.addAll(closed(second));
            }
            spans.addAll(finished(client));

            String trace = caller.getTraceId();
            assertThat(spans.stream().filter(span -> span.getTraceId().equals(trace)))
                    .extracting(SpanData::getName)
                    .contains(
                            "order",
                            "start traced",
                            "run traced",
                            "step Greeter.greet",
                            "receive paid",
                            "step Greeter.flaky",
                            "step tell",
                            "add order.shipped",
                            "publish order.shipped",
                            "start pinged",
                            "run pinged",
                            "send ping",
                            "receive ping")
                    .doesNotContain("pay", "send paid");
            assertThat(one(spans, "start traced").getParentSpanId()).isEqualTo(caller.getSpanId());
            assertThat(all(spans, "run traced"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(run -> assertThat(run.getParentSpanId())
                            .isEqualTo(one(spans, "start traced").getSpanId()));
            assertThat(all(spans, "run traced").stream()
                            .map(run -> run.getAttributes().get(OUTCOME)))
                    .contains("suspended", "completed");
            assertThat(one(spans, "step Greeter.greet").getParentSpanId())
                    .isEqualTo(all(spans, "run traced").getFirst().getSpanId());
            assertThat(all(spans, "step Greeter.flaky"))
                    .extracting(span -> span.getStatus().getStatusCode())
                    .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
            assertThat(one(spans, "publish order.shipped").getParentSpanId())
                    .isEqualTo(one(spans, "add order.shipped").getSpanId());
            assertThat(all(spans, "run pinged"))
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.getParentSpanId())
                            .isEqualTo(one(spans, "start pinged").getSpanId()));

            SpanData send = one(spans, "send paid");
            assertThat(send.getTraceId()).isEqualTo(payer.getTraceId());
            assertThat(one(spans, "receive paid").getLinks())
                    .extracting(LinkData::getSpanContext)
                    .extracting(SpanContext::getSpanId)
                    .containsExactly(send.getSpanId());
        }
    }

    @Test
    void whatIsCarriedAlongIsNoPartOfTheInput() {
        try (var app = new App(options)) {
            inSpan(app, "one", () -> app.romancy().start(Holding.class, "x", StartOptions.id("again")));
            var found = inSpan(app, "two", () -> app.romancy().start(Holding.class, "x", StartOptions.id("again")));
            assertThat(found.isValid()).isTrue();

            assertThatThrownBy(() -> app.romancy().start(Holding.class, "y", StartOptions.id("again")))
                    .satisfies(e -> assertThat(App.refusal(e).code()).isEqualTo(ErrorCode.START_CONFLICT));
            app.context().getBean(Holding.Gate.class).open.release();
            var handle = app.romancy().handle("again", Holding.class);
            handle.send(Greeting.GO, "go");
            assertThat(handle.result(DEADLINE)).isEqualTo("x once, then more");
        }
    }

    @Test
    void aHeaderOfTheApplicationStays() {
        try (var app = new App(options)) {
            var handle = app.romancy().start(Traced.Pinged.class, "x");
            handle.send(Traced.Pinged.PING, "own", MessageOptions.none().header("traceparent", "mine"));

            assertThat(handle.result(DEADLINE)).isEqualTo("own");
        }
    }

    @Test
    void aFailureIsSeenInTheSpanOfTheRun() {
        try (var app = new App(options)) {
            var handle = app.romancy().start(Booking.class, "chair");
            assertThatThrownBy(() -> handle.result(DEADLINE)).hasStackTraceContaining("no money");
            app.events.await(ended(handle.id()));

            List<SpanData> spans = closed(app);
            SpanData run = one(spans, "run booking");
            assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(run.getAttributes().get(OUTCOME)).isEqualTo("failed");
            assertThat(spans)
                    .extracting(SpanData::getName)
                    .contains("step compensate:Shop.tell", "step compensate:Shop.reserve");
        }
    }

    @Test
    void nothingIsStoredWhereItIsOff() {
        options.put("romancy.tracing.enabled", false);
        try (var app = new App(options)) {
            var handle = app.romancy().start(Traced.class, "Ada");
            inSpan(app, "pay", () -> handle.send(Traced.PAID, "paid"));

            assertThat(handle.result(DEADLINE)).isEqualTo("paid false");
            assertThat(closed(app)).extracting(SpanData::getName).containsExactly("pay");
        }
    }

    private static SpanContext inSpan(App app, String name, Runnable body) {
        Span span = Spans.of(app)
                .getTracer("test")
                .spanBuilder(name)
                .setParent(Context.root())
                .startSpan();
        try (var scope = span.makeCurrent()) {
            body.run();
        } finally {
            span.end();
        }
        return span.getSpanContext();
    }

    private static List<SpanData> finished(App app) {
        return app.context().getBean(InMemorySpanExporter.class).getFinishedSpanItems();
    }

    /** All spans of an engine: that of a run ends a moment after everybody knows how the run ended. */
    private static List<SpanData> closed(App app) {
        app.romancy().close();
        return finished(app);
    }

    private static SpanData one(List<SpanData> spans, String name) {
        List<SpanData> found = all(spans, name);
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static List<SpanData> all(List<SpanData> spans, String name) {
        return spans.stream().filter(span -> span.getName().equals(name)).toList();
    }
}
