package io.romancy.engine.replay;

import io.romancy.api.Step;
import io.romancy.api.StepBody;
import io.romancy.api.activity.ActivityContext;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.ActivityFailedException;
import io.romancy.api.error.RetryLaterException;
import io.romancy.api.error.TerminalException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.commit.Due;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Steps: bodies with effects on the world, run at least once and recorded once. A failed attempt and the time of the next one are
 * durable; between two attempts the run waits like any other, without a claim.
 */
final class Steps {
    private static final String ATTEMPT = "attempt";
    private static final String PAUSE = "pause";
    private static final String SINCE = "since";
    private static final long LEASE_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private final RunSession session;
    private final Toolbox toolbox;
    private final OperationNames names;
    private final BodyRunner bodies;

    Steps(RunSession session, Toolbox toolbox, OperationNames names) {
        this.session = session;
        this.toolbox = toolbox;
        this.names = names;
        this.bodies = new BodyRunner(session.environment());
    }

    <T extends @Nullable Object> T run(Step<T> step, StepBody<T> body, ThreadGuard guard) throws Throwable {
        String name = names.step(step.name());
        StepRecord found = session.recorded();
        if (found != null) {
            RecordKind kind = found.name().equals(name) ? RecordKind.of(found) : null;
            if (kind == RecordKind.STEP_DONE) {
                T result = decode(step, found);
                session.consumed(found);
                return result;
            }
            if (kind == RecordKind.STEP_FAILED) {
                Throwable failure = decodeFailure(found);
                session.consumed(found);
                throw failure;
            }
            if (kind != RecordKind.STEP_ATTEMPTED) {
                throw Mismatch.other(session, name, found);
            }
        }
        return attempts(step, name, body, found == null ? null : resume(found), guard);
    }

    /** What is known of the attempts before this one. */
    private record Before(int attempts, Instant since) {}

    private Before resume(StepRecord attempted) {
        Before before;
        Instant due;
        try {
            var fields = Envelope.open(attempted.body()).fields();
            before = new Before((int) fields.number(ATTEMPT), Instant.parse(fields.text(SINCE)));
            due = attempted.at().plus(Duration.parse(fields.text(PAUSE)));
        } catch (RuntimeException e) {
            throw Mismatch.unreadable(session, attempted, e);
        }
        waitUntil(due);
        return before;
    }

    private <T extends @Nullable Object> T attempts(
            Step<T> step, String name, StepBody<T> body, @Nullable Before before, ThreadGuard guard) throws Throwable {
        RetryPolicy retry = step.retry() == null ? toolbox.defaultRetry() : step.retry();
        int number = before == null ? 1 : before.attempts() + 1;
        while (true) {
            ready();
            Instant since = before == null ? session.clock().about() : before.since();
            Throwable failure;
            try {
                return attempt(step, name, body, number, guard);
            } catch (Unwind unwind) {
                throw unwind;
            } catch (Throwable thrown) {
                failure = thrown;
            }
            // while the worker stops it interrupts what is slow: such a failure says nothing about the step
            session.checkNotAbandoned();
            Duration pause = pause(retry, number, since, failure);
            if (pause == null) {
                throw failed(name, number, failure);
            }
            pause(name, number, since, pause, failure);
            before = new Before(number, since);
            number++;
        }
    }

    /** Nothing reaches the outside world before what came before it is durable, or when the claim may end under it. */
    private void ready() {
        session.flush();
        session.check();
        while (!session.host().leaseIsSafe()) {
            session.pause(LEASE_LOOK);
            session.check();
        }
    }

    private <T extends @Nullable Object> T attempt(
            Step<T> step, String name, StepBody<T> body, int number, ThreadGuard guard) throws Throwable {
        var attempt = new Attempt(
                session.environment(),
                session.claim().id(),
                session.claim().id() + "#" + session.claim().run() + "/" + name,
                number,
                step.timeout());
        T value;
        guard.enterStep();
        try {
            value = bodies.run(name, () -> intercepted(name, step, attempt, body), step.timeout());
        } finally {
            guard.leaveStep();
        }
        // what the workflow sees is what its record says, live as on replay
        Payload recorded = toolbox.codecs().encode(value, step.type().type());
        T seen = decode(step, recorded);
        session.close(RecordKind.STEP_DONE, name, recorded);
        recorded(name, number, false);
        return seen;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what stands in for a body is judged by the codec, like every result
    private <T extends @Nullable Object> T intercepted(
            String name, Step<T> step, ActivityContext attempt, StepBody<T> body) throws Exception {
        return (T) toolbox.interceptor().attempt(name, step, attempt, () -> body.run(attempt));
    }

    private @Nullable Duration pause(RetryPolicy retry, int number, Instant since, Throwable failure) {
        if (isTerminal(failure) || retry.isFinal(failure) || !retry.allowsAfter(number)) {
            return null;
        }
        Duration pause = failure instanceof RetryLaterException later
                ? later.pause()
                : retry.pauseAfter(number, session.environment().random());
        Duration longest = retry.maxDuration();
        boolean tooLate = longest != null
                && Duration.between(since, session.clock().about()).plus(pause).compareTo(longest) > 0;
        return tooLate ? null : pause;
    }

    private static boolean isTerminal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 64; depth++) {
            if (cause instanceof TerminalException || isData(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A result that cannot be written or read again will not be better the next time. */
    private static boolean isData(Throwable cause) {
        return cause instanceof RomancyException known
                && switch (known.code()) {
                    case PAYLOAD_UNREADABLE, PAYLOAD_UNWRITABLE, TOO_LARGE -> true;
                    default -> false;
                };
    }

    private Throwable failed(String name, int number, Throwable thrown) {
        Throwable failure = whatFailed(name, thrown);
        Payload recorded = toolbox.failures().encode(failure);
        Throwable seen = toolbox.failures().decode(recorded);
        session.close(RecordKind.STEP_FAILED, name, recorded);
        recorded(name, number, true);
        return seen;
    }

    /** Reported when it is true, which is with the next write. */
    private void recorded(String name, int number, boolean failed) {
        var recorded = new EngineEvent.StepRecorded(session.claim().id(), name, number, failed);
        session.onceDurable(() -> toolbox.events().accept(recorded));
    }

    /** A request to be tried later only carries the failure, if it names one. */
    private Throwable whatFailed(String name, Throwable thrown) {
        if (thrown instanceof BodyRunner.TimedOut late) {
            return timedOut(name, late);
        }
        return thrown instanceof RetryLaterException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private ActivityFailedException timedOut(String name, BodyRunner.TimedOut late) {
        return new ActivityFailedException(
                ErrorCode.STEP_TIMEOUT,
                "The last attempt of step '" + name + "' had no result within " + late.timeout()
                        + ". Give it more time, or find out what it waits for.",
                toolbox.failures().describe(late),
                null);
    }

    private void pause(String name, int number, Instant since, Duration pause, Throwable failure) {
        var fields = Map.of(ATTEMPT, number, PAUSE, pause.toString(), SINCE, since.toString());
        session.append(
                RecordKind.STEP_ATTEMPTED,
                name,
                Envelope.seal(fields, toolbox.failures().encode(failure)));
        var scheduled = new EngineEvent.RetryScheduled(session.claim().id(), name, number, pause);
        session.onceDurable(() -> toolbox.events().accept(scheduled));
        session.suspend(name, Set.of(), new Due.In(pause));
        waitUntil(session.clock().recordedAt().plus(pause));
    }

    private void waitUntil(Instant due) {
        session.check();
        while (session.clock().lookedAt().isBefore(due)) {
            session.suspend("retry", Set.of(), new Due.At(due));
        }
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

    private Throwable decodeFailure(StepRecord found) {
        Payload body = found.body();
        if (body == null) {
            throw Mismatch.unreadable(session, found, new IllegalArgumentException("it has no body."));
        }
        try {
            return toolbox.failures().decode(body);
        } catch (RomancyException e) {
            throw Mismatch.unreadable(session, found, e);
        }
    }
}
