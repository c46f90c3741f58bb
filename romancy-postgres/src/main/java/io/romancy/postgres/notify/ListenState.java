package io.romancy.postgres.notify;

import io.romancy.spi.notification.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * What the source knows of itself, as a state machine without clock, thread or connection. Each event answers with what there is to tell;
 * null if nothing changed. Not thread-safe: its owner locks.
 *
 * <pre>
 *   CONNECTING --connected--> PROBING --echo--> LIVE
 *        ^                       |  silence      |  silence
 *        |                       v               v
 *        |                     DEGRADED --echo--> LIVE
 *        +---- DOWN <--lost-- any of them              close --> CLOSED, from all
 * </pre>
 */
final class ListenState {
    private SourceState state = SourceState.CONNECTING;

    /** What to tell: the new state, why, and whether notifications may have been missed, which is said first. */
    record Told(
            SourceState state,
            @Nullable String detail,
            @Nullable String gap) {}

    SourceState state() {
        return state;
    }

    /** Usually after DOWN. Whoever connects anew is not LIVE, also where an error kept the loss from being told. */
    @Nullable
    Told connecting() {
        return state == SourceState.CONNECTING || state == SourceState.CLOSED
                ? null
                : to(SourceState.CONNECTING, null, null);
    }

    /** The subscriptions are in force; whatever was sent before was missed. */
    @Nullable
    Told connected() {
        return state == SourceState.CONNECTING ? to(SourceState.PROBING, null, "listening begins") : null;
    }

    /** An echo came back in time. */
    @Nullable
    Told heard() {
        return switch (state) {
            case PROBING -> to(SourceState.LIVE, null, null);
            case DEGRADED -> to(SourceState.LIVE, null, "notifications did not arrive for a while");
            case CONNECTING, LIVE, DOWN, CLOSED -> null;
        };
    }

    /** An echo did not come back in time. */
    @Nullable
    Told silent(String detail) {
        return switch (state) {
            case PROBING, LIVE -> to(SourceState.DEGRADED, detail, null);
            case CONNECTING, DEGRADED, DOWN, CLOSED -> null;
        };
    }

    @Nullable
    Told lost(String error) {
        return state == SourceState.DOWN || state == SourceState.CLOSED ? null : to(SourceState.DOWN, error, null);
    }

    @Nullable
    Told closed() {
        return state == SourceState.CLOSED ? null : to(SourceState.CLOSED, null, null);
    }

    private Told to(SourceState next, @Nullable String detail, @Nullable String gap) {
        state = next;
        return new Told(next, detail, gap);
    }
}
