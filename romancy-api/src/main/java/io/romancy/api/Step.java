package io.romancy.api;

import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.type.TypeRef;
import io.romancy.spi.error.Check;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step: its name, the type of its result, and how it is tried.
 *
 * @param name its name in the history, at most 255 bytes of UTF-8; steps of one name in one instance are told apart by counting
 * @param type the type from which the result is decoded, also the first time
 * @param retry null for the engine's default
 * @param timeout how long one attempt may take; null for no limit
 * @param undo what takes it back; null for nothing
 */
public record Step<T extends @Nullable Object>(
        String name,
        TypeRef<T> type,
        @Nullable RetryPolicy retry,
        @Nullable Duration timeout,
        @Nullable Undo<T> undo) {
    public Step {
        Check.name("Step name", name);
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Step '" + name + "': timeout " + timeout
                            + " is refused: no attempt could end in time. Take a positive span, or none for no limit.");
        }
    }

    /** A step whose result is of a class without type parameters; {@code Void.class} for none. */
    public static <T extends @Nullable Object> Step<T> of(String name, Class<T> type) {
        return new Step<>(name, TypeRef.of(type), null, null, null);
    }

    /** A step whose result is of any type. */
    public static <T extends @Nullable Object> Step<T> of(String name, TypeRef<T> type) {
        return new Step<>(name, type, null, null, null);
    }

    /** The same with another policy than the engine's default. */
    public Step<T> retry(RetryPolicy policy) {
        return new Step<>(name, type, policy, timeout, undo);
    }

    /**
     * The same with a limit to each attempt. The attempt's thread is interrupted when the limit is reached, and what the attempt still
     * returns is dropped.
     */
    public Step<T> timeout(Duration perAttempt) {
        return new Step<>(name, type, retry, perAttempt, undo);
    }

    /**
     * The same with what takes it back, as {@link WorkflowContext#compensate} does, if the workflow fails or is cancelled after the step has
     * completed. It belongs to the record of the result: no crash in between loses it. It gets the result as it was recorded.
     */
    public Step<T> compensate(Undo<T> action) {
        return new Step<>(name, type, retry, timeout, action);
    }
}
