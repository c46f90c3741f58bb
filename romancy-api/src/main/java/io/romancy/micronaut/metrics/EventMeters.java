package io.romancy.micronaut.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.romancy.api.observe.EngineEvent;
import java.time.Duration;

/** The events of the engine in one registry: those that neither a duration nor a counter of the engine stands for. */
final class EventMeters {
    private final MeterRegistry registry;
    private final RomancyMeters.Names names;

    EventMeters(MeterRegistry registry, RomancyMeters.Names names) {
        this.registry = registry;
        this.names = names;
    }

    void count(EngineEvent event) {
        switch (event) {
            case EngineEvent.WorkflowStarted started ->
                count(
                        "romancy.workflows.started",
                        "Instances that were started here and were not there before",
                        Tags.of("workflow", names.workflows().of(started.route().workflow())));
            case EngineEvent.RunClaimed claimed ->
                count(
                        "romancy.claims",
                        "Claims; resident ones found the thread in memory, so nothing was replayed",
                        Tags.of("resident", String.valueOf(claimed.resident())));
            case EngineEvent.RunsPickedUp picked ->
                time(
                        "romancy.pickup",
                        "How long the instance that waited longest had been due, of those that one look found",
                        Tags.of("path", TagValues.of(picked.path())),
                        picked.longestWait());
            case EngineEvent.ClaimLost lost ->
                count("romancy.claims.lost", "Runs that went on elsewhere while they ran here", Tags.empty());
            case EngineEvent.RunReleased released ->
                count("romancy.claims.released", "Runs that were handed over", Tags.empty());
            case EngineEvent.RunsReaped reaped ->
                count(reaped.count(), "romancy.claims.reaped", "Runs of dead workers that were made ready again");
            case EngineEvent.NodeLost lost ->
                count("romancy.lease.lost", "Times that this worker lost its lease and all that it ran", Tags.empty());
            case EngineEvent.StepRecorded recorded ->
                count("romancy.steps", "Steps whose outcome is durable", outcome(recorded.failed()));
            case EngineEvent.RetryScheduled retry ->
                time("romancy.step.retry", "Pauses before the next attempt of a step", Tags.empty(), retry.pause());
            case EngineEvent.CompensationStarted started ->
                count("romancy.compensations.started", "Instances that began to undo what they did", Tags.empty());
            case EngineEvent.CompensationRecorded recorded ->
                count("romancy.compensations", "Compensations whose outcome is durable", outcome(recorded.failed()));
            case EngineEvent.MessagesDispatched dispatched -> {
                count(dispatched.dispatched(), "romancy.messages.dispatched", "Messages brought into mailboxes here");
                count(dispatched.dropped(), "romancy.messages.dropped", "Messages whose target had ended");
            }
            case EngineEvent.EventPublished published ->
                count("romancy.outbox.published", "Events that arrived, and that is durable", type(published.type()));
            case EngineEvent.EventPostponed postponed ->
                time(
                        "romancy.outbox.retry",
                        "Pauses before the next attempt to publish an event",
                        type(postponed.type()),
                        postponed.pause());
            case EngineEvent.EventSetAside aside ->
                count(
                        "romancy.outbox.aside",
                        "Events that were given up",
                        type(aside.type()).and("reason", aside.expired() ? "expired" : "rejected"));
            // durations of runs say how they ended; the rest the engine counts itself
            case EngineEvent.WorkflowSuspended e -> {}
            case EngineEvent.WorkflowEnded e -> {}
            case EngineEvent.WorkflowStuck e -> {}
            case EngineEvent.PollFinished e -> {}
            case EngineEvent.PollFailed e -> {}
            case EngineEvent.HintReceived e -> {}
            case EngineEvent.HintsMissed e -> {}
            case EngineEvent.HintsSent e -> {}
            case EngineEvent.HintsFailed e -> {}
            case EngineEvent.SourceChanged e -> {}
            case EngineEvent.HandlerFailed e -> {}
            case EngineEvent.HandlerSlow e -> {}
        }
    }

    private static Tags outcome(boolean failed) {
        return Tags.of("outcome", failed ? "failed" : "done");
    }

    private Tags type(String type) {
        return Tags.of("type", names.types().of(type));
    }

    private void count(String name, String description, Tags tags) {
        counter(name, description, tags).increment();
    }

    private void count(int many, String name, String description) {
        counter(name, description, Tags.empty()).increment(many);
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private void time(String name, String description, Tags tags, Duration span) {
        Timer.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .record(span);
    }
}
