package io.romancy.api;

import io.romancy.api.activity.ActivityContext;
import org.jspecify.annotations.Nullable;

/** The work of a step that wants to know about its attempt. */
@FunctionalInterface
public interface StepBody<T extends @Nullable Object> {
    T run(ActivityContext activity) throws Exception;
}
