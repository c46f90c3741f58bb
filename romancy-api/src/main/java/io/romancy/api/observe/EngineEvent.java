package io.romancy.api.observe;

import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.poll.PollReason;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that an engine did or saw, as seen by this engine alone. Reported after the fact, in order within one instance as long as it
 * stays here, and never carrying the data of an application, but for what its code threw. A switch over it needs a {@code default}: later
 * releases add kinds.
 */
public sealed interface EngineEvent {
    /** Something about one instance. */
    sealed interface OfInstance extends EngineEvent {
        /** The instance. */
        String id();
    }

    /**
     * An instance was started through this engine, by the application or by a workflow, and was not there before. A workflow also reports
     * one that somebody else started at the same moment with the same input.
     */
    record WorkflowStarted(String id, Route route) implements OfInstance {}

    /**
     * This engine got the right to run an instance.
     *
     * @param resident whether the thread of the workflow was still in memory, so that nothing is replayed
     */
    record RunClaimed(String id, long fence, boolean resident) implements OfInstance {}

    /**
     * A claim found instances that could go on. Each is reported as {@link RunClaimed} beside.
     *
     * @param path how the worker came to look
     * @param longestWait how long the one of them that waited longest had been due
     */
    record RunsPickedUp(PickupPath path, int count, Duration longestWait) implements EngineEvent {}

    /**
     * The outcome of a step is durable.
     *
     * @param step name and occurrence, such as {@code charge:1}
     * @param failure by what the step failed for good, as the workflow sees it; null if it did not
     */
    record StepRecorded(
            String id, String step, int attempt, @Nullable Throwable failure) implements OfInstance {
        /** Whether the step failed for good. */
        public boolean failed() {
            return failure != null;
        }
    }

    /**
     * An attempt of a step or of a compensation failed, and there will be another after this pause.
     *
     * @param failure by what it failed
     */
    record RetryScheduled(String id, String step, int attempt, Duration pause, Throwable failure)
            implements OfInstance {}

    /**
     * An instance waits, held by nobody.
     *
     * @param channels the channels on which it wakes, as {@code m:name} and {@code t:name}
     * @param timer whether time wakes it too
     */
    record WorkflowSuspended(String id, Set<String> channels, boolean timer) implements OfInstance {
        public WorkflowSuspended {
            channels = Set.copyOf(channels);
        }
    }

    /**
     * An instance failed or was cancelled, and begins to undo what it did.
     *
     * @param compensations how many there are to run
     */
    record CompensationStarted(String id, int compensations) implements OfInstance {}

    /**
     * The outcome of a compensation is durable.
     *
     * @param compensation such as {@code compensate:reserve:1} for that of a step, {@code compensate:2} for the second one that was added
     * @param failure by what it failed for good, so that something was not taken back; null if it did not
     */
    record CompensationRecorded(
            String id, String compensation, @Nullable Throwable failure) implements OfInstance {
        /** Whether it failed for good. */
        public boolean failed() {
            return failure != null;
        }
    }

    /**
     * An instance ended here; the status is final.
     *
     * @param failure what its code threw, if it failed; null if it was completed or cancelled
     */
    record WorkflowEnded(
            String id,
            Route route,
            InstanceStatus status,
            @Nullable Throwable failure) implements OfInstance {}

    /** An instance was parked for a person. */
    record WorkflowStuck(String id, String diagnosis) implements OfInstance {}

    /** Somebody else has the right to run an instance now, or the lease ended; what was not yet written is dropped. */
    record ClaimLost(String id, long fence) implements OfInstance {}

    /** An instance was handed over, ready for any worker. */
    record RunReleased(String id) implements OfInstance {}

    /** Messages were put in order and into mailboxes; dropped ones had a target that has ended. */
    record MessagesDispatched(int dispatched, int dropped) implements EngineEvent {}

    /** An event of the outbox arrived at its publisher, and that is recorded. */
    record EventPublished(String id, String type, int attempt) implements EngineEvent {}

    /** An event of the outbox did not arrive, and is tried again after this pause. */
    record EventPostponed(String id, String type, int attempt, Duration pause, String reason) implements EngineEvent {}

    /**
     * An event of the outbox was given up and will not be published.
     *
     * @param expired whether it became too old; otherwise it was refused for good
     */
    record EventSetAside(String id, String type, boolean expired, String reason) implements EngineEvent {}

    /** Instances of workers that died were made ready again. */
    record RunsReaped(int count) implements EngineEvent {}

    /** This engine lost its lease, and all that it ran; it goes on under a new identity. */
    record NodeLost(NodeId node) implements EngineEvent {}

    /**
     * A poller looked.
     *
     * @param found rows found. Those found because the interval ended while notifications were trusted are what notifications missed
     */
    record PollFinished(String poller, PollReason reason, int found, boolean notificationsTrusted)
            implements EngineEvent {}

    /** A poller failed and looks again after this pause. */
    record PollFailed(String poller, Throwable error, Duration backOff) implements EngineEvent {}

    /** A hint came, on this channel without prefix. */
    record HintReceived(String channel) implements EngineEvent {}

    /** Hints may have been missed on this channel; null for all. */
    record HintsMissed(@Nullable String channel, String reason) implements EngineEvent {}

    /** Hints were sent to other processes; the collapsed ones were replaced by one that stands for them. */
    record HintsSent(int count, int collapsed) implements EngineEvent {}

    /** Hints could not be sent; the next flush sends a sweep. */
    record HintsFailed(Throwable error) implements EngineEvent {}

    /** The source of notifications changed its state. */
    record SourceChanged(SourceState state, @Nullable String detail) implements EngineEvent {}

    /** A handler threw. */
    record HandlerFailed(Class<?> handler, String channel, Throwable error) implements EngineEvent {}

    /** A handler took, or has been taking, longer than it should. */
    record HandlerSlow(Class<?> handler, String channel, Duration running) implements EngineEvent {}
}
