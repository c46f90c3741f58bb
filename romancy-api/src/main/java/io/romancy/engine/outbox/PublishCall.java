package io.romancy.engine.outbox;

import io.romancy.engine.seam.Fiber;
import org.jspecify.annotations.Nullable;

/** One call of a publisher, on a thread of its own. */
final class PublishCall {
    private final Parcel parcel;
    private final long deadline;
    private @Nullable Fiber fiber;
    private boolean interrupted;

    PublishCall(Parcel parcel, long deadline) {
        this.parcel = parcel;
        this.deadline = deadline;
    }

    Parcel parcel() {
        return parcel;
    }

    /** When it is too late for an answer, by the engine's clock. */
    long deadline() {
        return deadline;
    }

    /** Names the thread that runs it. */
    synchronized void started(Fiber thread) {
        fiber = thread;
        if (interrupted) {
            thread.interrupt();
        }
    }

    synchronized void interrupt() {
        interrupted = true;
        if (fiber != null) {
            fiber.interrupt();
        }
    }
}
