package io.romancy.engine.replay;

import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what a run did, newest first. A first record says that it began and why, so that a replay comes to the same place. Each
 * compensation has one record, and the operations inside of it have theirs behind; when it is done, a replay passes over all of them.
 *
 * <p>Only the holder of the claim writes here, and the fence of each commit decides: a worker that lost the run in the middle of a
 * compensation records nothing, and its successor runs that compensation again.
 */
final class Saga {
    private static final Logger LOG = LoggerFactory.getLogger(Saga.class);
    private static final String BEGIN = "compensating";
    private static final String END = "compensated";
    private static final String NEXT = "next";

    private final RunSession session;
    private final Toolbox toolbox;
    private final Attempts attempts;
    private final RunContext context;
    private final List<Throwable> failures = new ArrayList<>();

    Saga(RunSession session, Toolbox toolbox, Attempts attempts, RunContext context) {
        this.session = session;
        this.toolbox = toolbox;
        this.attempts = attempts;
        this.context = context;
    }

    /** Something could not be undone, for a reason that lies outside of the compensations. */
    void lacks(Throwable reason) {
        failures.add(reason);
    }

    /** Runs them all; returns what failed. The last record, which says so, is still to be written with the end. */
    List<Throwable> undo(List<Compensations.Undo> newestFirst, RecordKind why, Payload reason) {
        begin(why, reason, newestFirst.size());
        for (Compensations.Undo undo : newestFirst) {
            Throwable failure = undo(undo);
            if (failure != null) {
                failures.add(failure);
            }
        }
        StepRecord left = session.leftOver();
        if (left != null) {
            throw Mismatch.tooMuch(session, left, null);
        }
        session.close(failures.isEmpty() ? RecordKind.COMPENSATED : RecordKind.COMPENSATED_IN_PART, END, null);
        return failures;
    }

    /** Goes to where it began before, or begins: behind everything that is recorded, in place of what was waited for. */
    private void begin(RecordKind why, Payload reason, int count) {
        session.compensate();
        StepRecord next = session.leftOver();
        while (next != null && !next.isCompensation() && !next.isOpen()) {
            session.moveTo(next.position() + 1);
            next = session.leftOver();
        }
        if (next != null && next.isCompensation()) {
            session.moveTo(next.position());
            if (RecordKind.of(next) != why) {
                throw Mismatch.other(session, BEGIN + " (" + why + ")", next);
            }
            session.consumed(next);
        } else {
            if (next != null) {
                session.moveTo(next.position());
            }
            session.close(why, BEGIN, reason);
            var started = new EngineEvent.CompensationStarted(session.claim().id(), count);
            session.onceDurable(() -> toolbox.events().accept(started));
        }
    }

    private @Nullable Throwable undo(Compensations.Undo undo) {
        int place = session.position();
        StepRecord found = session.recorded(undo.name());
        Attempts.Turn turn = null;
        if (found != null) {
            RecordKind kind = found.name().equals(undo.name()) ? RecordKind.of(found) : null;
            if (kind == RecordKind.COMPENSATION_DONE || kind == RecordKind.COMPENSATION_FAILED) {
                return pass(found, kind);
            }
            if (kind == RecordKind.COMPENSATION_ATTEMPTED) {
                turn = attempts.after(found);
            } else if (kind != RecordKind.COMPENSATION_STARTED) {
                throw Mismatch.other(session, undo.name(), found);
            }
            session.clock().recorded(found.at());
        }
        return attempts(undo, place, found != null, turn);
    }

    /** Passes over a compensation whose outcome is known, and over its operations. */
    private @Nullable Throwable pass(StepRecord found, RecordKind kind) {
        Throwable failure = null;
        int next;
        try {
            Envelope envelope = Envelope.open(found.body());
            next = (int) envelope.fields().number(NEXT);
            if (kind == RecordKind.COMPENSATION_FAILED) {
                failure = toolbox.failures().decode(envelope.content());
            }
        } catch (RuntimeException e) {
            throw Mismatch.unreadable(session, found, e);
        }
        session.consumed(found);
        session.moveTo(next);
        return failure;
    }

    private @Nullable Throwable attempts(
            Compensations.Undo undo, int place, boolean begun, Attempts.@Nullable Turn known) {
        Attempts.Turn turn = known;
        while (true) {
            attempts.ready();
            turn = turn == null ? attempts.first() : turn;
            if (!begun && turn.number() == 1) {
                session.append(place, RecordKind.COMPENSATION_STARTED, undo.name(), null);
            }
            session.moveTo(place + 1);
            Throwable failure = attempt(undo, turn.number());
            int next = session.position();
            if (failure == null) {
                ended(RecordKind.COMPENSATION_DONE, undo.name(), place, null, null);
                return null;
            }
            // what called the context was tried by its steps; the same records would only give the same failure
            Duration pause = next > place + 1 ? null : attempts.pause(toolbox.defaultRetry(), turn, failure);
            if (pause == null) {
                return failed(undo.name(), place, Attempts.whatFailed(failure));
            }
            session.moveTo(place);
            turn = attempts.next(RecordKind.COMPENSATION_ATTEMPTED, undo.name(), turn, pause, failure);
        }
    }

    private @Nullable Throwable attempt(Compensations.Undo undo, int number) {
        Throwable failure = null;
        context.inside(undo.name());
        session.presence().beginUndoing(undo.name(), number);
        try {
            undo.action().run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        Unwind unwinding = session.unwinding();
        session.presence().endUndoing(unwinding == null ? failure : unwinding);
        if (unwinding != null) {
            throw unwinding;
        }
        if (failure != null) {
            // while the worker stops it interrupts what is slow: such a failure says nothing about the compensation
            session.checkNotAbandoned();
        }
        return failure;
    }

    private Throwable failed(String name, int place, Throwable thrown) {
        Payload recorded = toolbox.failures().encode(thrown);
        Throwable failure = toolbox.failures().decode(recorded);
        ended(RecordKind.COMPENSATION_FAILED, name, place, recorded, failure);
        String id = session.claim().id();
        session.onceDurable(() -> LOG.warn(
                "Workflow {} could not undo something: {} failed for good. It goes on with the others; see to this one by hand.",
                id,
                name,
                failure));
        return failure;
    }

    /** Closes the record at its place; what it did lies behind. */
    private void ended(
            RecordKind kind, String name, int place, @Nullable Payload outcome, @Nullable Throwable failure) {
        session.append(place, kind, name, Envelope.seal(Map.of(NEXT, session.position()), outcome));
        var recorded = new EngineEvent.CompensationRecorded(session.claim().id(), name, failure);
        session.onceDurable(() -> toolbox.events().accept(recorded));
    }
}
