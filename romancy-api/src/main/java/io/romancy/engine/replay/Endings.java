package io.romancy.engine.replay;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.InstanceStatus;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a run leaves its worker for good. */
final class Endings {
    private static final int MOST_EVENTS = 100;

    private final RunSession session;

    Endings(RunSession session) {
        this.session = session;
    }

    /**
     * Ends the instance, together with what the run has still to write. Events that came meanwhile change nothing, except a cancellation:
     * one that was accepted ends the instance as cancelled. Returns how it ended, or null if the claim is lost.
     */
    @Nullable
    Ending end(Transition.End wanted, Function<String, Transition.End> cancelled) {
        Transition.End end = wanted;
        while (true) {
            switch (session.leave(end)) {
                case CommitResult.Taken taken -> {
                    return new Ending(status(end), end.payload());
                }
                case CommitResult.Moved moved -> {
                    String reason = moved.cancelReason();
                    if (reason != null && !(end instanceof Transition.Cancelled)) {
                        end = cancelled.apply(reason);
                    }
                }
                case CommitResult.Fenced fenced -> {
                    return null;
                }
                case CommitResult.Refused refused -> throw session.refused(refused.error());
            }
        }
    }

    private static InstanceStatus status(Transition.End end) {
        return switch (end) {
            case Transition.Complete complete -> InstanceStatus.COMPLETED;
            case Transition.Fail fail -> InstanceStatus.FAILED;
            case Transition.Cancelled cancelled -> InstanceStatus.CANCELLED;
        };
    }

    /**
     * Gives the run up without an end: back to READY for another worker, or STUCK for a person. Returns whether that is durable; if not,
     * the claim is lost, or the storage refused even this.
     */
    boolean giveUp(Transition transition) {
        for (int events = 0; events < MOST_EVENTS; events++) {
            switch (session.leave(transition)) {
                case CommitResult.Taken taken -> {
                    return true;
                }
                case CommitResult.Moved moved -> {}
                case CommitResult.Fenced fenced -> {
                    return false;
                }
                case CommitResult.Refused refused -> {
                    if (!session.drop()) {
                        return false;
                    }
                }
            }
        }
        return false;
    }
}
