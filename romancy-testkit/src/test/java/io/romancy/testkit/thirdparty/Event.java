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
        Instant since,
        State state,
        Instant dueAt,
        int attempts,
        String reason,
        @Nullable Instant doneAt) {
    /** Where it stands. */
    enum State {
        PENDING,
        SENT,
        REJECTED,
        EXPIRED
    }

    static Event added(long number, NewEvent content, Instant at) {
        return new Event(number, content, at, at, State.PENDING, at, 0, "", null);
    }

    Event done(State how, String why, Instant now) {
        int tried = how == State.EXPIRED ? attempts : attempts + 1;
        return new Event(number, content, at, since, how, dueAt, tried, why, now);
    }

    Event putBack(Instant now) {
        return new Event(number, content, at, now, State.PENDING, now, attempts, reason, null);
    }

    boolean isSetAside() {
        return state == State.REJECTED || state == State.EXPIRED;
    }

    Event later(Instant due) {
        return new Event(number, content, at, since, state, due, attempts + 1, reason, null);
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
