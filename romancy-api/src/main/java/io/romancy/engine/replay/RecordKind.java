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
    UNSUBSCRIBED(9);

    private static final Map<Integer, RecordKind> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(RecordKind::code, Function.identity()));

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The kind of a record, or null if a newer version wrote it. */
    public static @Nullable RecordKind of(StepRecord step) {
        return BY_CODE.get(step.kind());
    }
}
