package io.romancy.engine.replay;

import io.romancy.spi.model.StepRecord;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the history says. The codes are what storages keep, and never change. A negative kind is open: the operation goes on,
 * and its next record takes the same position.
 */
public enum RecordKind {
    STEP_DONE(1),
    STEP_FAILED(2),
    /** An attempt failed and another one follows. */
    STEP_ATTEMPTED(-1),
    TIMER_FIRED(3),
    TIMER_STARTED(-2),
    MESSAGE_RECEIVED(4),
    WAIT_TIMED_OUT(5),
    WAIT_STARTED(-3),
    PUBLISHED(6),
    STARTED(7),
    SUBSCRIBED(8),
    UNSUBSCRIBED(9),
    /** Something that was asked for cannot be; the workflow was told why. */
    REFUSED(10),
    /** The workflow failed, and from here on it undoes what it did. */
    COMPENSATING_FAILED(2001),
    /** The same of one that was cancelled. */
    COMPENSATING_CANCELLED(2002),
    COMPENSATION_DONE(2003),
    COMPENSATION_FAILED(2004),
    /** A compensation has begun; its operations follow. */
    COMPENSATION_STARTED(-2003),
    /** An attempt failed and another one follows. */
    COMPENSATION_ATTEMPTED(-2004),
    /** All was undone; the last record. */
    COMPENSATED(2005),
    /** Something could not be undone; the last record. */
    COMPENSATED_IN_PART(2006);

    /** What is added to the code of an ordinary operation that is part of a compensation. */
    private static final int INSIDE = StepRecord.COMPENSATION;

    private static final int OUTSIDE_END = 2 * INSIDE;

    private static final Map<Integer, RecordKind> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(RecordKind::code, Function.identity()));

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The code that says whether the record was written while the run undid what it did. */
    int code(boolean compensating) {
        return compensating && Math.abs(code) < INSIDE ? code + Integer.signum(code) * INSIDE : code;
    }

    /** Whether only the end of the run follows, and is written with it: what is there without it, no code has a way on from. */
    boolean isLast() {
        return this == COMPENSATED || this == COMPENSATED_IN_PART;
    }

    /** The kind of a record, or null if a newer version wrote it. */
    public static @Nullable RecordKind of(StepRecord step) {
        return ofCode(step.kind());
    }

    /** The kind with this code, or null if there is none. */
    public static @Nullable RecordKind ofCode(int code) {
        int size = Math.abs(code);
        return BY_CODE.get(size > INSIDE && size < OUTSIDE_END ? code - Integer.signum(code) * INSIDE : code);
    }
}
