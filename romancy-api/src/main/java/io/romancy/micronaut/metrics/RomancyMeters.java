package io.romancy.micronaut.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import io.romancy.micronaut.MetricsConfiguration;
import io.romancy.micronaut.OpenEngine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Meters what the engine does, in every registry that it is bound to: durations of operations, events, and the counters that the engine
 * keeps itself. It opens no engine; the counters are there once one is open.
 */
@Singleton
final class RomancyMeters implements MeterBinder, Observer, EngineListener {

    private final OpenEngine engine;
    private final Names names;
    private final List<OperationMeters> operations = new CopyOnWriteArrayList<>();
    private final List<EventMeters> events = new CopyOnWriteArrayList<>();

    RomancyMeters(OpenEngine engine, MetricsConfiguration options) {
        this.engine = engine;
        this.names = new Names(options.mostTagValues());
    }

    /** The names that are told apart. */
    record Names(TagValues workflows, TagValues steps, TagValues channels, TagValues types) {
        Names(int most) {
            this(
                    new TagValues("workflows", most),
                    new TagValues("steps", most),
                    new TagValues("channels", most),
                    new TagValues("types of events", most));
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        operations.add(new OperationMeters(registry, names));
        events.add(new EventMeters(registry, names));
        engine.whenOpen(romancy -> new EngineMeters(romancy).bindTo(registry));
    }

    @Override
    public Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links) {
        return operations.isEmpty() ? Observed.NOTHING : new Timed(what);
    }

    @Override
    public void on(EngineEvent event) {
        events.forEach(meters -> meters.count(event));
    }

    /** An operation that takes its time. */
    private final class Timed implements Observed {
        private final Operation what;
        private final long began = System.nanoTime();

        Timed(Operation what) {
            this.what = what;
        }

        @Override
        public void end(String outcome, @Nullable Throwable failure) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            operations.forEach(meters -> meters.took(what, outcome, took));
        }
    }
}
