package io.romancy.testkit.memory;

import io.romancy.spi.outbox.NewEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of the outbox. */
final class OutboxRow {
    /** Where it stands. */
    enum State {
        PENDING,
        SENT,
        REJECTED,
        EXPIRED
    }

    final long number;
    final NewEvent event;
    final Instant at;
    /** From when its age counts. */
    Instant since;

    State state = State.PENDING;
    Instant nextAt;
    int attempts;

    String reason = "";

    @Nullable
    Instant doneAt;

    OutboxRow(long number, NewEvent event, Instant at) {
        this.number = number;
        this.event = event;
        this.at = at;
        this.since = at;
        this.nextAt = at;
    }

    /** What it waits behind: its key, or itself. */
    String key() {
        String key = event.key();
        return key == null ? event.id() : key;
    }

    /** Whether it is pending and this attempt has no outcome yet. */
    boolean waitsForOutcomeOf(int attempt) {
        return state == State.PENDING && attempt == attempts + 1;
    }

    /** An attempt has this outcome, unless nothing was attempted. */
    void finish(State how, String why, Instant now) {
        state = how;
        reason = why;
        attempts += how == State.EXPIRED ? 0 : 1;
        doneAt = now;
    }

    boolean isSetAside() {
        return state == State.REJECTED || state == State.EXPIRED;
    }

    void putBack(Instant now) {
        state = State.PENDING;
        nextAt = now;
        since = now;
        doneAt = null;
    }
}
