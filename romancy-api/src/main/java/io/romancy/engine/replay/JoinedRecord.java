package io.romancy.engine.replay;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of one attempt of a step, if its body writes it in the application's transaction: both take effect together, or neither.
 *
 * <p>Two threads race: that of the body, which writes the record, and that of the run, which gives the attempt up when its time is over. The
 * change of the state decides. A record that was written and whose commit nobody has seen is in doubt: the run's row, which the transaction
 * holds locked until its end, orders our question behind it.
 */
final class JoinedRecord {
    private enum State {
        /** Nothing is written in a transaction; this may still happen. */
        OPEN,
        /** The statement is on its way, and does not hold the run's row yet, or nobody knows. */
        WRITING,
        /** Written: the run's row is held until the transaction ends, and nobody knows how. */
        WRITTEN,
        /** Durable. */
        COMMITTED,
        /** The claim is lost. */
        FENCED,
        /** Nothing may be written any more. */
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(JoinedRecord.class);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(5);

    /** Five seconds: a storage refuses far sooner what it cannot take. */
    private static final int MOST_LOOKS = 1_000;

    private final RunSession session;
    private final Claim claim;
    private final int position;
    private final int kind;
    private final String name;
    private final Function<@Nullable Object, Payload> encoder;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private volatile @Nullable Payload payload;
    private volatile CommitResult.@Nullable Taken taken;

    /** The encoder makes the payload of a result, and throws if it could not be read again. */
    JoinedRecord(RunSession session, String name, Function<@Nullable Object, Payload> encoder) {
        this.session = session;
        this.claim = session.claim();
        this.position = session.position();
        this.kind = RecordKind.STEP_DONE.code(session.compensating());
        this.name = name;
        this.encoder = encoder;
    }

    /** Writes the record, as the last thing before the commit. Whatever is thrown, the transaction ends in a rollback. */
    void writeIn(Transaction transaction, @Nullable Object result) {
        try {
            Payload encoded = encoder.apply(result);
            if (!state.compareAndSet(State.OPEN, State.WRITING)) {
                throw new RomancyException(
                        ErrorCode.STEP_TIMEOUT,
                        "The attempt of step '" + name
                                + "' was given up before its transaction was to be committed; it is rolled back.");
            }
            payload = encoded;
            accept(transaction, session.host().commitIn(transaction, commit(encoded)));
        } catch (RuntimeException | Error e) {
            transaction.rollbackOnly();
            throw e;
        } finally {
            // If it failed, the row is held until the rollback, or never was.
            state.compareAndSet(State.WRITING, State.WRITTEN);
        }
    }

    private void accept(Transaction transaction, CommitResult.OfJoined answer) {
        switch (answer) {
            case CommitResult.Taken done -> {
                taken = done;
                transaction.afterCommit(() -> state.set(State.COMMITTED));
            }
            case CommitResult.Fenced lost -> {
                state.set(State.FENCED);
                throw rolledBack("its claim is lost");
            }
            // found when the attempt is settled: it stays in doubt until then
            case CommitResult.Recorded before -> throw rolledBack("an earlier attempt has committed");
            case CommitResult.Refused refused -> throw refused.error();
        }
    }

    private RomancyException rolledBack(String why) {
        return new RomancyException(
                ErrorCode.STORAGE_REFUSED, "The transaction of step '" + name + "' is rolled back: " + why + ".");
    }

    private Commit.OfRun commit(Payload result) {
        return new Commit.OfRun(claim, List.of(new Change.Append(step(result, Instant.EPOCH))), null);
    }

    private StepRecord step(Payload result, Instant at) {
        return new StepRecord(position, kind, name, result, at);
    }

    /**
     * Ends the attempt, for the run's thread: from here on the body writes nothing. Returns the record if it is durable, and null if there
     * is none and never will be from this attempt.
     */
    @Nullable
    StepRecord settle() {
        return switch (state.compareAndExchange(State.OPEN, State.CLOSED)) {
            case OPEN, CLOSED -> null;
            case COMMITTED -> committed();
            case FENCED -> throw session.unwind(Unwind.Reason.LOST, null);
            case WRITING -> afterItIsWritten();
            case WRITTEN -> ask();
        };
    }

    /**
     * Asked before the statement holds the run's row, we would find nothing, and it would be written after that. If its answer stays away
     * this claim ends: the next one's fence refuses it.
     */
    private @Nullable StepRecord afterItIsWritten() {
        for (int looks = 0; state.get() == State.WRITING; looks++) {
            session.checkNotAbandoned();
            if (looks == MOST_LOOKS) {
                LOG.warn(
                        "Run {} stops here, because the storage does not answer whether step '{}' was recorded; it will be run again",
                        claim.id(),
                        name);
                throw session.unwind(Unwind.Reason.LEFT, null);
            }
            session.pause(LOOK_AGAIN);
        }
        return settle();
    }

    /** After it was settled without a record: a body that returned may have lost the transaction that held it. Null if it wrote none. */
    @Nullable
    RomancyException whyNotCommitted() {
        return state.get() == State.WRITTEN ? rolledBack("it was not committed, although its body returned") : null;
    }

    private StepRecord committed() {
        Payload result = payload;
        CommitResult.Taken answer = taken;
        if (result == null || answer == null) {
            throw new IllegalStateException("the commit of '" + name + "' is known without what was committed");
        }
        session.joined(answer, commit(result));
        return step(result, answer.at());
    }

    /** Behind the transaction in doubt, whichever way it ended. */
    private @Nullable StepRecord ask() {
        session.touch();
        return session.reach(() -> session.host().history(claim.run(), position, 1)).stream()
                .filter(found -> RecordKind.of(found) == RecordKind.STEP_DONE)
                .findFirst()
                .orElse(null);
    }
}
