package io.romancy.micronaut;

import io.romancy.api.activity.ActivityContext;
import io.romancy.engine.replay.Attempt;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** What an activity can ask about its attempt, wherever it is injected: for the body of a step on its own thread. */
@Singleton
final class CurrentActivity implements ActivityContext {
    @Override
    public String idempotencyKey() {
        return current().idempotencyKey();
    }

    @Override
    public int attempt() {
        return current().attempt();
    }

    @Override
    public String workflowId() {
        return current().workflowId();
    }

    @Override
    public Optional<Duration> timeLeft() {
        return current().timeLeft();
    }

    private static Attempt current() {
        Attempt attempt = Attempt.current();
        if (attempt == null) {
            throw new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    "ActivityContext was asked on thread '"
                            + Thread.currentThread().getName()
                            + "', which runs no activity of a workflow. Ask it in an activity that a workflow called, on the"
                            + " thread that runs it.");
        }
        return attempt;
    }
}
