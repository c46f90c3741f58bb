package io.romancy.engine.replay;

import io.romancy.api.error.Failure;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import org.jspecify.annotations.Nullable;

/** Says why a history and today's code do not belong together. */
final class Mismatch {
    private static final String REMEDY =
            " The code of a workflow must not change under its running instances: bring the old code back and"
                    + " retry the instance, or give the new code a new version.";

    private Mismatch() {}

    /** The history has another operation at this place. */
    static Unwind other(RunSession session, String expected, StepRecord found) {
        return stuck(
                session,
                ErrorCode.NON_DETERMINISM,
                "At position " + found.position() + " its code asks for '" + expected + "', its history has '"
                        + found.name() + "' (" + kind(found) + ")." + REMEDY);
    }

    /** The code ended, with a result or with this failure, before its history did. */
    static Unwind tooMuch(RunSession session, StepRecord found, @Nullable Failure failure) {
        return stuck(
                session,
                ErrorCode.NON_DETERMINISM,
                "Its code ended at position " + session.position() + ended(failure)
                        + ", where its history goes on with '" + found.name() + "' (" + kind(found) + ")." + REMEDY);
    }

    /** A record cannot be read. */
    static Unwind unreadable(RunSession session, StepRecord found, Throwable cause) {
        return stuck(
                session,
                ErrorCode.HISTORY_UNREADABLE,
                "The record '" + found.name() + "' at position " + found.position() + " cannot be read: "
                        + cause.getMessage() + " Make its type readable again, then retry the instance.");
    }

    /** The failure that a record holds; a record that cannot be read is a mismatch. */
    static Throwable failure(RunSession session, FailureCodec failures, StepRecord found, @Nullable Payload body) {
        if (body == null) {
            throw unreadable(session, found, new IllegalArgumentException("it has no body."));
        }
        try {
            return failures.decode(body);
        } catch (RomancyException e) {
            throw unreadable(session, found, e);
        }
    }

    /** The storage refuses what the run wants to write, which is dropped. */
    static Unwind refused(RunSession session, RomancyException error) {
        session.drop();
        return session.unwind(
                Unwind.Reason.STUCK,
                "What " + session.claim().id()
                        + " wanted to write was refused by the storage. Mend the cause, then retry" + " the instance. "
                        + error.getMessage());
    }

    private static Unwind stuck(RunSession session, ErrorCode code, String diagnosis) {
        return session.unwind(
                Unwind.Reason.STUCK,
                code.id() + ": Instance '" + session.claim().id() + "' of workflow " + session.route() + " is stuck. "
                        + diagnosis);
    }

    private static String ended(@Nullable Failure failure) {
        return failure == null ? "" : " with " + failure;
    }

    private static String kind(StepRecord found) {
        @Nullable RecordKind kind = RecordKind.of(found);
        return kind == null ? "kind " + found.kind() + ", unknown to this version" : kind.name();
    }
}
