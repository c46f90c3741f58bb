package io.romancy.testkit;

import io.romancy.api.Step;
import io.romancy.api.StepBody;
import io.romancy.api.activity.ActivityContext;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the bodies of one step, whichever instance runs it. What it returns or throws is recorded, retried and replayed as if the
 * body had done it. Until it is told what to do it lets the body run, and counts. Thread-safe.
 */
public final class StepStub {
    private final String step;
    private @Nullable StepBody<?> behaviour;
    private int most = Integer.MAX_VALUE;
    private int calls;

    StepStub(String step) {
        this.step = step;
    }

    /** Returns this instead. */
    @SuppressWarnings("NullAway") // a step may return null, and its stub too
    public StepStub returns(@Nullable Object value) {
        return runs(activity -> value);
    }

    /** Throws this instead. */
    public StepStub fails(Exception failure) {
        return runs(activity -> {
            throw failure;
        });
    }

    /** Does this instead. */
    public synchronized StepStub runs(StepBody<? extends @Nullable Object> body) {
        behaviour = body;
        most = Integer.MAX_VALUE;
        return this;
    }

    /** Only for the next so many attempts; then the body runs again. */
    public synchronized StepStub times(int attempts) {
        most = calls + attempts;
        return this;
    }

    /** How many attempts of the step there were. */
    public synchronized int calls() {
        return calls;
    }

    @Nullable
    Object attempt(Step<?> real, ActivityContext activity, Callable<? extends @Nullable Object> body) throws Exception {
        StepBody<?> instead = next();
        return instead == null ? body.call() : checked(real, instead.run(activity));
    }

    private synchronized @Nullable StepBody<?> next() {
        calls++;
        return calls <= most ? behaviour : null;
    }

    /** A stub that gives what the step never could would test something that does not exist. */
    private @Nullable Object checked(Step<?> real, @Nullable Object value) {
        Class<?> type = erased(real.type().type());
        if (value != null && !type.isInstance(value)) {
            throw new RomancyException(
                    ErrorCode.PAYLOAD_UNWRITABLE,
                    "The stub of step '" + step + "' returned a "
                            + value.getClass().getName() + ", but the step's type is "
                            + real.type().type().getTypeName() + ". Let it return one of these.");
        }
        return value;
    }

    private static Class<?> erased(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> erased(generic.getRawType());
            default -> Object.class;
        };
    }
}
