package io.romancy.engine.replay;

import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/** How a run leaves its worker for good. */
final class Endings {
    private static final int MOST_EVENTS = 100;

    private final RunSession session;

    Endings(RunSession session) {
        this.session = session;
    }

    /**
     * Ends the instance, together with what the run has still to write. Events that came meanwhile change nothing, except that a
     * cancellation which was accepted before anything was decided is thrown. Returns how it ended, or null if the claim is lost.
     *
     * @param decided whether the outcome stands, because the run was cancelled or has undone what it did
     */
    @Nullable
    Ending end(Transition.End end, boolean decided) {
        while (true) {
            switch (session.send(end)) {
                case CommitResult.Taken taken -> {
                    return new Ending(status(end), end.payload());
                }
                case CommitResult.Moved moved -> {
                    session.notice(moved.cancelReason());
                    if (!decided && session.cancelReason() != null) {
                        throw session.unwind(Unwind.Reason.CANCELLED, session.cancelReason());
                    }
                }
                case CommitResult.Fenced fenced -> {
                    return null;
                }
                case CommitResult.Refused refused -> throw Mismatch.refused(session, refused.error());
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
            switch (session.send(transition)) {
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
