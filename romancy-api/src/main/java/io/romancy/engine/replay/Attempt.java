package io.romancy.engine.replay;

import io.romancy.api.StepBody;
import io.romancy.api.activity.ActivityContext;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.commit.Transaction;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the body of a step sees of its attempt. */
public final class Attempt implements ActivityContext {
    private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();

    private final Environment environment;
    private final String workflowId;
    private final String idempotencyKey;
    private final int number;
    private final @Nullable Duration timeout;
    private final JoinedRecord record;
    private final long started;

    Attempt(
            Environment environment,
            String workflowId,
            String idempotencyKey,
            int number,
            @Nullable Duration timeout,
            JoinedRecord record) {
        this.environment = environment;
        this.workflowId = workflowId;
        this.idempotencyKey = idempotencyKey;
        this.number = number;
        this.timeout = timeout;
        this.record = record;
        this.started = environment.nanoTime();
    }

    /** The attempt whose body the calling thread runs; null on every other thread. */
    public static @Nullable Attempt current() {
        return CURRENT.get();
    }

    /** Runs the body on the calling thread. */
    <T extends @Nullable Object> T run(StepBody<T> body) throws Exception {
        CURRENT.set(this);
        try {
            return body.run(this);
        } finally {
            CURRENT.remove();
        }
    }

    /**
     * Records the result of this attempt in the transaction that its body has open, as the last thing before the commit: the step is done
     * with that commit, or it is not done. Whatever is thrown, the transaction ends in a rollback. At most once in an attempt.
     */
    public void recordIn(Transaction transaction, @Nullable Object result) {
        record.writeIn(transaction, result);
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
        return Optional.ofNullable(timeout)
                .map(span -> Spans.bounded(span.minusNanos(environment.nanoTime() - started)));
    }
}
