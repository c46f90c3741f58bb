package io.romancy.engine.replay;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.RetryLaterException;
import io.romancy.api.error.TerminalException;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Spans;
import io.romancy.spi.commit.Due;
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
 * When something with effects on the world is tried, and tried again. A failed attempt and the time of the next one are durable; between
 * two attempts the run waits like any other, without a claim.
 */
final class Attempts {
    private static final String ATTEMPT = "attempt";
    private static final String PAUSE = "pause";
    private static final String SINCE = "since";
    private static final long LEASE_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private final RunSession session;
    private final Toolbox toolbox;

    Attempts(RunSession session, Toolbox toolbox) {
        this.session = session;
        this.toolbox = toolbox;
    }

    /** One attempt: its number from 1, when the first one began, and by what the one before failed; null for the first. */
    record Turn(int number, Instant since, @Nullable Payload failure) {}

    /** The first attempt of something. */
    Turn first() {
        return new Turn(1, session.clock().about(), null);
    }

    /** The attempt after a failed one of an earlier activation, when it is time. */
    Turn after(StepRecord attempted) {
        Turn turn;
        Instant due;
        try {
            Envelope envelope = Envelope.open(attempted.body());
            var fields = envelope.fields();
            turn = new Turn((int) fields.number(ATTEMPT) + 1, Instant.parse(fields.text(SINCE)), envelope.content());
            due = attempted.at().plus(Duration.parse(fields.text(PAUSE)));
        } catch (RuntimeException e) {
            throw Mismatch.unreadable(session, attempted, e);
        }
        waitUntil(due);
        return turn;
    }

    /** Nothing reaches the outside world before what came before it is durable, or when the claim may end under it. */
    void ready() {
        session.flush();
        session.check();
        while (!session.host().leaseIsSafe()) {
            session.pause(LEASE_LOOK);
            session.check();
        }
    }

    /** How long to wait before the next attempt; null if there is none. */
    @Nullable
    Duration pause(RetryPolicy retry, Turn turn, Throwable failure) {
        if (isTerminal(failure) || retry.isFinal(failure) || !retry.allowsAfter(turn.number())) {
            return null;
        }
        Duration pause = failure instanceof RetryLaterException later
                ? Spans.bounded(later.pause())
                : retry.pauseAfter(turn.number(), session.host().environment().random());
        return beginsTooLate(retry, turn, pause) ? null : pause;
    }

    /** By what it failed for good, if time has run out since the pause was chosen, as while nobody ran it; null if it may begin. */
    @Nullable
    Payload expired(RetryPolicy retry, Turn turn) {
        return beginsTooLate(retry, turn, Duration.ZERO) ? turn.failure() : null;
    }

    private boolean beginsTooLate(RetryPolicy retry, Turn turn, Duration pause) {
        Duration longest = retry.maxDuration();
        return longest != null
                && Duration.between(turn.since(), session.clock().about())
                                .plus(pause)
                                .compareTo(longest)
                        > 0;
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

    /** Records that an attempt failed, waits without a claim, and returns the next one. */
    Turn next(RecordKind kind, String name, Turn turn, Duration pause, Throwable failure) {
        var fields = Map.of(
                ATTEMPT,
                turn.number(),
                PAUSE,
                pause.toString(),
                SINCE,
                turn.since().toString());
        Payload recorded = toolbox.failures().encode(failure);
        session.append(kind, name, Envelope.seal(fields, recorded));
        var scheduled = new EngineEvent.RetryScheduled(session.claim().id(), name, turn.number(), pause, failure);
        session.onceDurable(() -> toolbox.events().accept(scheduled));
        session.suspension().await(name, Set.of(), new Due.In(pause));
        waitUntil(session.clock().recordedAt().plus(pause));
        return new Turn(turn.number() + 1, turn.since(), recorded);
    }

    private void waitUntil(Instant due) {
        session.check();
        while (session.clock().lookedAt().isBefore(due)) {
            session.suspension().await("retry", Set.of(), new Due.At(due));
        }
    }

    /** What failed: a request to be tried later only carries the failure, if it names one. */
    static Throwable whatFailed(Throwable thrown) {
        return thrown instanceof RetryLaterException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
