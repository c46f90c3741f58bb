package io.romancy.engine.replay;

import io.romancy.api.activity.ActivityContext;
import io.romancy.engine.seam.Environment;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the body of a step sees of its attempt. */
final class Attempt implements ActivityContext {
    private final Environment environment;
    private final String workflowId;
    private final String idempotencyKey;
    private final int number;
    private final @Nullable Duration timeout;
    private final long started;

    Attempt(Environment environment, String workflowId, String idempotencyKey, int number, @Nullable Duration timeout) {
        this.environment = environment;
        this.workflowId = workflowId;
        this.idempotencyKey = idempotencyKey;
        this.number = number;
        this.timeout = timeout;
        this.started = environment.nanoTime();
    }

    @Override
    public String idempotencyKey() {
        return idempotencyKey;
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public String workflowId() {
        return workflowId;
    }

    @Override
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(timeout).map(span -> span.minusNanos(environment.nanoTime() - started));
    }
}
