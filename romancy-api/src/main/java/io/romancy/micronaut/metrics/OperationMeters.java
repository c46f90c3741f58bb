package io.romancy.micronaut.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.romancy.engine.seam.Operation;
import java.time.Duration;

/** The durations of operations in one registry. */
final class OperationMeters {
    private final MeterRegistry registry;
    private final RomancyMeters.Names names;

    OperationMeters(MeterRegistry registry, RomancyMeters.Names names) {
        this.registry = registry;
        this.names = names;
    }

    void took(Operation what, String outcome, Duration time) {
        switch (what) {
            case Operation.Start start ->
                timer("romancy.workflow.start", "Starts, until the instance is durable")
                        .tags("workflow", workflow(start.route().workflow()), "outcome", outcome)
                        .register(registry)
                        .record(time);
            case Operation.Run run ->
                timer(
                                "romancy.workflow.run",
                                "Activations, from the claim until the instance ends, waits or goes elsewhere")
                        .tags("workflow", workflow(run.route().workflow()), "outcome", outcome)
                        .register(registry)
                        .record(time);
            case Operation.Attempt attempt ->
                timer("romancy.step.attempt", "Calls of the bodies of steps and compensations")
                        .tags("workflow", workflow(attempt.route().workflow()))
                        .tags("step", names.steps().of(attempt.kind()), "outcome", outcome)
                        .register(registry)
                        .record(time);
            case Operation.Send send ->
                timer("romancy.message.send", "Messages sent and published; inside a workflow they are written later")
                        .tags("channel", channel(send.channel().name()), "outcome", outcome)
                        .register(registry)
                        .record(time);
            case Operation.Receive receive ->
                Counter.builder("romancy.message.received")
                        .description("Messages that workflows took")
                        .tags("workflow", workflow(receive.route().workflow()))
                        .tags("channel", channel(receive.channel().name()))
                        .register(registry)
                        .increment();
            case Operation.AddEvent add ->
                timer("romancy.outbox.add", "Events added to the outbox, whether their transaction commits or not")
                        .tags("type", names.types().of(add.type()), "outcome", outcome)
                        .register(registry)
                        .record(time);
            case Operation.PublishEvent publish ->
                timer("romancy.outbox.publish", "Calls of publishers")
                        .tags("type", names.types().of(publish.type()), "outcome", outcome)
                        .register(registry)
                        .record(time);
        }
    }

    private String workflow(String name) {
        return names.workflows().of(name);
    }

    private String channel(String name) {
        return names.channels().of(name);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description);
    }
}
