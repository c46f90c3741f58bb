package io.romancy.engine.seam;

import io.romancy.api.Step;
import io.romancy.api.activity.ActivityContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Comes between the engine and the bodies of steps, where a test puts its stubs and its crash points. Called on the thread of the body, by
 * many at the same time; what it returns or throws is the outcome of the attempt.
 */
@FunctionalInterface
public interface StepInterceptor {
    /** Calls the body and nothing else. */
    StepInterceptor NONE = (name, step, attempt, body) -> body.call();

    /**
     * One attempt of a step.
     *
     * @param name the step's name with its occurrence, such as {@code charge:2}
     */
    @Nullable
    Object attempt(String name, Step<?> step, ActivityContext attempt, Callable<? extends @Nullable Object> body)
            throws Exception;
}
