package io.romancy.testkit;

import io.romancy.api.Step;
import io.romancy.api.activity.ActivityContext;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.testkit.fault.Faults;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What stands in for the bodies of steps, by name of the step, with its occurrence or without. */
final class Stubs {
    private final Map<String, StepStub> byStep = new ConcurrentHashMap<>();

    StepStub of(String step) {
        return byStep.computeIfAbsent(step, StepStub::new);
    }

    void clear() {
        byStep.clear();
    }

    /** The same stubs for every worker, with the crash points of this one around them. */
    StepInterceptor around(int worker, Faults faults, Crashes crashes) {
        return (name, step, attempt, body) -> {
            if (crashes.atStep(worker, faults, true, name)) {
                throw new IllegalStateException("the process died before " + name);
            }
            Object value = attempt(name, step, attempt, body);
            crashes.atStep(worker, faults, false, name);
            return value;
        };
    }

    private @Nullable Object attempt(
            String name, Step<?> step, ActivityContext attempt, Callable<? extends @Nullable Object> body)
            throws Exception {
        StepStub ofOccurrence = byStep.get(name);
        StepStub stub = ofOccurrence == null ? byStep.get(step.name()) : ofOccurrence;
        return stub == null ? body.call() : stub.attempt(step, attempt, body);
    }
}
