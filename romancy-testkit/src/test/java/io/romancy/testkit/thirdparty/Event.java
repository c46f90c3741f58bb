package io.romancy.testkit.thirdparty;

import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.outbox.OutboxStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of the outbox, and what became of it. */
record Event(
        long number,
        NewEvent content,
        Instant at,
        State state,
        Instant dueAt,
        int attempts,
        @Nullable Instant doneAt) {
    /** Where it stands. */
    enum State {
        PENDING,
        SENT,
        REJECTED,
        EXPIRED
    }

    static Event added(long number, NewEvent content, Instant at) {
        return new Event(number, content, at, State.PENDING, at, 0, null);
    }

    Event done(State how, Instant now) {
        return new Event(number, content, at, how, dueAt, attempts, now);
    }

    Event later(Instant due) {
        return new Event(number, content, at, state, due, attempts + 1, null);
    }

    String key() {
        String key = content.key();
        return key == null ? content.id() : key;
    }

    int lane() {
        return Math.floorMod(key().hashCode(), OutboxStore.LANES);
    }

    OutboxRecord next() {
        return new OutboxRecord(
                content.id(), content.type(), content.key(), content.headers(), content.payload(), at, attempts + 1);
    }
}
