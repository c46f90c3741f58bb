package io.romancy.api;

import org.jspecify.annotations.Nullable;

/**
 * A workflow: ordinary code that survives crashes. Whatever it does through its context is recorded; after a crash or a wait the code runs
 * again from the beginning and gets the recorded results, so it must take the same path each time. It asks the context, never the
 * system, for time, chance and anything outside.
 *
 * @param <I> the input; {@code Void} for none. An input of any other type is never null
 * @param <O> the result, which may be null
 */
@FunctionalInterface
public interface Durable<I extends @Nullable Object, O extends @Nullable Object> {
    /**
     * Runs the workflow. Called on a thread of the engine, more than once in the life of an instance. Waiting may unwind it with an
     * {@code Error} that must be let through: {@code finally} blocks run then, and calls of the context from there throw it again.
     *
     * @throws Exception whatever leaves it fails the instance
     */
    O run(WorkflowContext ctx, I input) throws Exception;
}
