package io.romancy.api;

import org.jspecify.annotations.Nullable;

/** Takes back what a step did, given the step's result. */
@FunctionalInterface
public interface Undo<T extends @Nullable Object> {
    void run(T result) throws Exception;
}
