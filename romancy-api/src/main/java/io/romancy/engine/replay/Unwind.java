package io.romancy.engine.replay;

import org.jspecify.annotations.Nullable;

/**
 * Ends a run's thread without an outcome of the workflow. An {@code Error}, so that {@code catch (Exception)} in a workflow cannot eat
 * it; without a stack trace, because it is no failure and costs nothing. Whoever catches it anyway gets it again from the next call.
 */
@SuppressWarnings("serial") // never leaves the process
public final class Unwind extends Error {
    /** Why a run stops here. */
    public enum Reason {
        /** Its thread gives way; it was suspended, and a replay goes on later. */
        EVICTED,
        /** Its claim is lost, so nothing more may be written. */
        LOST,
        /** The storage does not answer: its claim may hold, and the worker takes the run up again. */
        LEFT,
        /** The worker stops and hands the run over. */
        CLOSING,
        /** Somebody cancelled the instance. */
        CANCELLED,
        /** It cannot go on without a person. */
        STUCK
    }

    private final Reason reason;

    Unwind(Reason reason, @Nullable String detail) {
        super(detail == null ? reason.name() : detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
