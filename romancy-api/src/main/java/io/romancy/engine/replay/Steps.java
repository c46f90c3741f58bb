package io.romancy.engine.replay;

import io.romancy.api.Step;
import io.romancy.api.StepBody;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.Observed;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Steps: bodies with effects on the world, run at least once and recorded once. */
final class Steps {
    private final RunSession session;
    private final Toolbox toolbox;
    private final OperationNames names;
    private final Attempts attempts;
    private final Compensations compensations;
    private final BodyRunner bodies;

    Steps(RunSession session, Toolbox toolbox, OperationNames names, Attempts attempts, Compensations compensations) {
        this.session = session;
        this.toolbox = toolbox;
        this.names = names;
        this.attempts = attempts;
        this.compensations = compensations;
        this.bodies = new BodyRunner(session.host().environment());
    }

    <T extends @Nullable Object> T run(Step<T> step, StepBody<T> body, ThreadGuard guard) throws Throwable {
        String name = names.step(step.name());
        StepRecord found = session.recorded(name);
        if (found != null) {
            RecordKind kind = found.name().equals(name) ? RecordKind.of(found) : null;
            if (kind == RecordKind.STEP_DONE) {
                T result = decode(step, found);
                session.consumed(found);
                done(step, name, found.body());
                return result;
            }
            if (kind == RecordKind.STEP_FAILED) {
                Throwable failure = Mismatch.failure(session, toolbox.failures(), found, found.body());
                session.consumed(found);
                throw failure;
            }
            if (kind != RecordKind.STEP_ATTEMPTED) {
                throw Mismatch.other(session, name, found);
            }
        }
        return attempts(step, name, body, found == null ? null : attempts.after(found), guard);
    }

    private <T extends @Nullable Object> T attempts(
            Step<T> step, String name, StepBody<T> body, Attempts.@Nullable Turn begun, ThreadGuard guard)
            throws Throwable {
        RetryPolicy retry = step.retry() == null ? toolbox.defaultRetry() : step.retry();
        Attempts.Turn turn = begun;
        while (true) {
            attempts.ready();
            turn = turn == null ? attempts.first() : turn;
            Payload last = attempts.expired(retry, turn);
            if (last != null) {
                throw failed(name, turn.number() - 1, last);
            }
            Throwable failure;
            try {
                return attempt(step, name, body, turn.number(), guard);
            } catch (Unwind unwind) {
                throw unwind;
            } catch (Throwable thrown) {
                failure = thrown;
            }
            // while the worker stops it interrupts what is slow: such a failure says nothing about the step
            session.checkNotAbandoned();
            Duration pause = attempts.pause(retry, turn, failure);
            Throwable outcome = outcome(name, failure);
            if (pause == null) {
                throw failed(name, turn.number(), toolbox.failures().encode(outcome));
            }
            turn = attempts.next(RecordKind.STEP_ATTEMPTED, name, turn, pause, outcome);
        }
    }

    private <T extends @Nullable Object> T attempt(
            Step<T> step, String name, StepBody<T> body, int number, ThreadGuard guard) throws Throwable {
        var joined = new JoinedRecord(session, name, value -> encode(step, value));
        var attempt = new Attempt(
                session.host().environment(),
                session.claim().id(),
                session.claim().id() + "#" + session.claim().run() + "/" + name,
                number,
                step.timeout(),
                joined);
        @Nullable Object value = null;
        Throwable failure = null;
        var observed = session.presence().attempt(name, number);
        guard.enterStep();
        try {
            value = bodies.run(
                    name,
                    () -> session.presence().body(observed, () -> intercepted(name, step, attempt, body)),
                    step.timeout());
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            guard.leaveStep();
            if (!session.isAbandoned()) {
                Thread.interrupted(); // one that the body left behind was not meant for what comes next
            }
        }
        observed.end(failure == null ? Observed.DONE : Observed.FAILED, failure);
        StepRecord durable = joined.settle();
        if (durable == null) {
            failure = failure == null ? joined.whyNotCommitted() : failure;
            if (failure != null) {
                throw failure;
            }
        }
        @Nullable Payload recorded = durable == null ? encode(step, value) : durable.body();
        T seen = decode(step, recorded);
        if (durable == null) {
            session.close(RecordKind.STEP_DONE, name, recorded);
        } else {
            session.consumed(durable);
        }
        done(step, name, recorded);
        recorded(name, number, null);
        return seen;
    }

    /** What the workflow sees is what its record says, live as on replay; so what cannot be read again is not written. */
    private <T extends @Nullable Object> Payload encode(Step<T> step, @Nullable Object value) {
        Payload recorded = toolbox.codecs().encode(value, step.type().type());
        decode(step, recorded);
        return recorded;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what stands in for a body is judged by the codec, like every result
    private <T extends @Nullable Object> T intercepted(String name, Step<T> step, Attempt attempt, StepBody<T> body)
            throws Exception {
        return (T) toolbox.interceptor().attempt(name, step, attempt, () -> attempt.run(body));
    }

    /** What takes a step back hangs on the record of its result: whoever reads the one has the other. */
    private <T extends @Nullable Object> void done(Step<T> step, String name, @Nullable Payload result) {
        var undo = step.undo();
        if (undo != null) {
            compensations.ofStep(name, () -> undo.run(decode(step, result)));
        }
    }

    /** What the workflow would see of it; each attempt records it, because it may turn out to be the last one. */
    private Throwable outcome(String name, Throwable thrown) {
        return thrown instanceof BodyRunner.TimedOut late ? timedOut(name, late) : Attempts.whatFailed(thrown);
    }

    private Throwable failed(String name, int number, Payload recorded) {
        Throwable seen = toolbox.failures().decode(recorded);
        session.close(RecordKind.STEP_FAILED, name, recorded);
        recorded(name, number, seen);
        return seen;
    }

    /** Reported when it is true, which is with the next write. */
    private void recorded(String name, int number, @Nullable Throwable failure) {
        var recorded = new EngineEvent.StepRecorded(session.claim().id(), name, number, failure);
        session.onceDurable(() -> toolbox.events().accept(recorded));
    }

    private ActivityFailedException timedOut(String name, BodyRunner.TimedOut late) {
        return new ActivityFailedException(
                ErrorCode.STEP_TIMEOUT,
                "The last attempt of step '" + name + "' had no result within " + late.timeout()
                        + ". Give it more time, or find out what it waits for.",
                toolbox.failures().describe(late),
                null);
    }

    private <T extends @Nullable Object> T decode(Step<T> step, StepRecord found) {
        try {
            return decode(step, found.body());
        } catch (RomancyException e) {
            throw Mismatch.unreadable(session, found, e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the type reference says what the codec makes of it
    private <T extends @Nullable Object> T decode(Step<T> step, @Nullable Payload recorded) {
        return recorded == null
                ? null
                : (T) toolbox.codecs().decode(recorded, step.type().type());
    }
}
