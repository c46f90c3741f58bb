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

    State state = State.PENDING;
    Instant nextAt;
    int attempts;

    @Nullable
    Instant doneAt;

    OutboxRow(long number, NewEvent event, Instant at) {
        this.number = number;
        this.event = event;
        this.at = at;
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

    void finish(State how, Instant now) {
        state = how;
        doneAt = now;
    }
}
