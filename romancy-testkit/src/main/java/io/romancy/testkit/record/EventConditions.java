package io.romancy.testkit.record;

import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.notification.SourceState;

/** The events that tests wait for most. */
public final class EventConditions {
    private EventConditions() {}

    /** A worker got the right to run the instance. */
    public static EventCondition claimed(String id) {
        return EventCondition.of("a claim of '" + id + "'", EngineEvent.RunClaimed.class, e -> e.id().equals(id));
    }

    /** A worker got the right to run the instance, and goes on in the thread that waited. */
    public static EventCondition continued(String id) {
        return EventCondition.of(
                "a claim of '" + id + "' by its waiting thread",
                EngineEvent.RunClaimed.class,
                e -> e.id().equals(id) && e.resident());
    }

    /** A worker got the right to run the instance, and replays it. */
    public static EventCondition replayed(String id) {
        return EventCondition.of(
                "a claim of '" + id + "' with replay",
                EngineEvent.RunClaimed.class,
                e -> e.id().equals(id) && !e.resident());
    }

    /** A step's outcome is known. */
    public static EventCondition recorded(String id, String step) {
        return EventCondition.of(
                "the outcome of step '" + step + "' of '" + id + "'",
                EngineEvent.StepRecorded.class,
                e -> e.id().equals(id) && e.step().equals(step));
    }

    /** An attempt of a step failed and another one follows. */
    public static EventCondition retried(String id) {
        return EventCondition.of(
                "a retry of a step of '" + id + "'", EngineEvent.RetryScheduled.class, e -> e.id().equals(id));
    }

    /** The instance begins to undo what it did. */
    public static EventCondition compensating(String id) {
        return EventCondition.of(
                "the beginning of compensation of '" + id + "'",
                EngineEvent.CompensationStarted.class,
                e -> e.id().equals(id));
    }

    /** The outcome of a compensation is known. */
    public static EventCondition compensated(String id, String compensation) {
        return EventCondition.of(
                "the outcome of '" + compensation + "' of '" + id + "'",
                EngineEvent.CompensationRecorded.class,
                e -> e.id().equals(id) && e.compensation().equals(compensation));
    }

    /** The outcome of a compensation is known, and it is this one. */
    public static EventCondition compensated(String id, String compensation, boolean failed) {
        return EventCondition.of(
                "'" + compensation + "' of '" + id + "' " + (failed ? "failed" : "done"),
                EngineEvent.CompensationRecorded.class,
                e -> e.id().equals(id) && e.compensation().equals(compensation) && e.failed() == failed);
    }

    /** The instance waits, and nobody holds it. */
    public static EventCondition suspended(String id) {
        return EventCondition.of(
                "the suspension of '" + id + "'", EngineEvent.WorkflowSuspended.class, e -> e.id().equals(id));
    }

    /** The instance ended. */
    public static EventCondition ended(String id) {
        return EventCondition.of("the end of '" + id + "'", EngineEvent.WorkflowEnded.class, e -> e.id().equals(id));
    }

    /** The instance ended so. */
    public static EventCondition ended(String id, InstanceStatus status) {
        return EventCondition.of(
                "the end of '" + id + "' as " + status,
                EngineEvent.WorkflowEnded.class,
                e -> e.id().equals(id) && e.status() == status);
    }

    /** The instance needs a person. */
    public static EventCondition stuck(String id) {
        return EventCondition.of("'" + id + "' stuck", EngineEvent.WorkflowStuck.class, e -> e.id().equals(id));
    }

    /** The worker saw that it no longer has the right to run the instance. */
    public static EventCondition claimLost(String id) {
        return EventCondition.of(
                "the loss of the claim of '" + id + "'", EngineEvent.ClaimLost.class, e -> e.id().equals(id));
    }

    /** The worker handed the instance over. */
    public static EventCondition released(String id) {
        return EventCondition.of("the release of '" + id + "'", EngineEvent.RunReleased.class, e -> e.id().equals(id));
    }

    /** The worker lost its lease. */
    public static EventCondition nodeLost() {
        return EventCondition.of("the loss of a lease", EngineEvent.NodeLost.class, e -> true);
    }

    /** Instances of a dead worker were made ready again. */
    public static EventCondition reaped() {
        return EventCondition.of("a reaping", EngineEvent.RunsReaped.class, e -> true);
    }

    /** Messages found their way into mailboxes. */
    public static EventCondition dispatched() {
        return EventCondition.of("a dispatch of messages", EngineEvent.MessagesDispatched.class, e -> true);
    }

    /** An event of this type was published, and that is recorded. */
    public static EventCondition published(String type) {
        return EventCondition.of(
                "a publication of type '" + type + "'",
                EngineEvent.EventPublished.class,
                e -> e.type().equals(type));
    }

    /** An event of this type could not be published and is tried again. */
    public static EventCondition postponed(String type) {
        return EventCondition.of(
                "a postponed event of type '" + type + "'",
                EngineEvent.EventPostponed.class,
                e -> e.type().equals(type));
    }

    /** An event of this type was given up. */
    public static EventCondition setAside(String type) {
        return EventCondition.of(
                "an event of type '" + type + "' that is set aside",
                EngineEvent.EventSetAside.class,
                e -> e.type().equals(type));
    }

    /** A poller looked. */
    public static EventCondition polled(String poller) {
        return EventCondition.of(
                "a poll by '" + poller + "'",
                EngineEvent.PollFinished.class,
                e -> e.poller().equals(poller));
    }

    /** A poller failed. */
    public static EventCondition pollFailed() {
        return EventCondition.of("a failed poll", EngineEvent.PollFailed.class, e -> true);
    }

    /** The source of notifications got into a state. */
    public static EventCondition source(SourceState state) {
        return EventCondition.of(
                "notifications to be " + state, EngineEvent.SourceChanged.class, e -> e.state() == state);
    }

    /** Hints may have been missed. */
    public static EventCondition missed() {
        return EventCondition.of("missed hints", EngineEvent.HintsMissed.class, e -> true);
    }
}
