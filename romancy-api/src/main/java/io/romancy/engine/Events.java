package io.romancy.engine;

import io.romancy.api.outbox.Outbox;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.engine.codec.Headers;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.NewEvent;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.outbox.SetAsideEvent;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Events of the application: stored with its transaction, announced after its commit. */
final class Events implements Outbox {
    private final Parts parts;
    private final Joined joined;
    private final Admission admission;

    Events(Parts parts, Joined joined, Admission admission) {
        this.parts = parts;
        this.joined = joined;
        this.admission = admission;
    }

    @Override
    public String add(OutboxEvent event) {
        admission.require("Outbox.add", "Do it in a step that joins a transaction.");
        Transaction transaction = joined.current();
        if (transaction == null) {
            throw new RomancyException(
                    ErrorCode.NO_TRANSACTION,
                    "The event '" + event.type()
                            + "' was added to the outbox outside a transaction, so it could be told although its"
                            + " cause was never stored, or the other way round. Add it inside Romancy.inTransaction, or in a"
                            + " @Transactional method on the engine's datasource.");
        }
        String id = newId();
        var payload = parts.codecs.encode(event.data(), event.data().getClass());
        parts.observer.during(new Operation.AddEvent(event.type(), id), carried -> {
            var headers = Headers.with(carried, event.headers());
            var added = new NewEvent(id, event.type(), event.key(), headers, payload);
            parts.storage.outbox().add(transaction, List.of(added));
            return added;
        });
        transaction.afterCommit(() -> parts.outboxSignals.added(id));
        return id;
    }

    @Override
    public Stream<SetAsideEvent> setAside() {
        admission.require("Outbox.setAside", "Do it in a step.");
        return Pages.of(
                last -> parts.storage.outbox().setAside(last == null ? Long.MAX_VALUE : last.number(), Pages.SIZE));
    }

    @Override
    public boolean sendAgain(SetAsideEvent event) {
        admission.require("Outbox.sendAgain", "Do it in a step.");
        joined.refuse("sendAgain", "it acts at once, and a rollback could not undo that");
        if (!parts.storage.outbox().putBack(event.number())) {
            return false;
        }
        parts.outboxSignals.added(event.id());
        return true;
    }

    @Override
    public OutboxCounts counts() {
        admission.require("Outbox.counts", "Do it in a step.");
        return parts.storage.outbox().counts();
    }

    private String newId() {
        RandomGenerator random = parts.environment.random();
        HexFormat hex = HexFormat.of();
        return "evt_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
