package io.romancy.engine.result;

import static java.util.Objects.requireNonNull;

import io.romancy.api.error.ResultTimeoutException;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.api.error.WorkflowStuckException;
import io.romancy.engine.codec.Codecs;
import io.romancy.engine.codec.FailureCodec;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.replay.Cancellation;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Turns the end of an instance into what its caller gets: a value, or the exception that says why there is none. */
public final class Results {
    private final Environment environment;
    private final ResultBoard board;
    private final Codecs codecs;
    private final FailureCodec failures;

    public Results(Environment environment, ResultBoard board, Codecs codecs, FailureCodec failures) {
        this.environment = environment;
        this.board = board;
        this.codecs = codecs;
        this.failures = failures;
    }

    /**
     * Waits for the result, first where the run was born, if it was born here.
     *
     * @param local how the run ends in this process, with null if it does not end here
     */
    public @Nullable Object await(
            String id, @Nullable CompletableFuture<@Nullable Outcome> local, Type type, Duration atMost) {
        long end = environment.nanoTime() + Spans.nanos(atMost);
        Outcome outcome = local == null ? null : await(id, local, end, atMost);
        if (outcome == null || mayGoOn(outcome)) {
            CompletableFuture<Outcome> elsewhere = board.await(id);
            try {
                outcome = await(id, elsewhere, end, atMost);
            } finally {
                board.giveUp(id, elsewhere);
            }
        }
        return value(outcome, type);
    }

    private <T extends @Nullable Outcome> T await(String id, CompletableFuture<T> future, long end, Duration atMost) {
        Waiter waiter = environment.newWaiter();
        // the future is done before the wake; what hangs on it is done only after
        var unused = future.whenComplete((outcome, error) -> waiter.wake());
        try {
            while (!future.isDone()) {
                long left = end - environment.nanoTime();
                if (left <= 0) {
                    throw new ResultTimeoutException(id, atMost);
                }
                waiter.await(left);
            }
            return future.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResultTimeoutException(id, e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RomancyException known ? known : e;
        }
    }

    /** The same without a thread that waits. When the future is completed or cancelled by somebody else, nobody asks for it any more. */
    public CompletableFuture<@Nullable Object> async(
            String id, @Nullable CompletableFuture<@Nullable Outcome> local, Type type) {
        var result = new CompletableFuture<@Nullable Object>();
        if (local == null) {
            ask(id, result, type);
        } else {
            var unused = local.whenComplete((outcome, error) -> {
                if (outcome == null || mayGoOn(outcome)) {
                    ask(id, result, type);
                } else {
                    complete(result, outcome, type);
                }
            });
        }
        return result;
    }

    private void ask(String id, CompletableFuture<@Nullable Object> result, Type type) {
        CompletableFuture<Outcome> elsewhere = board.await(id);
        var unusedAnswer = elsewhere.whenComplete((outcome, error) -> {
            if (outcome == null) {
                result.completeExceptionally(requireNonNull(error));
            } else {
                complete(result, outcome, type);
            }
        });
        var unusedEnd = result.whenComplete((value, error) -> board.giveUp(id, elsewhere));
    }

    private void complete(CompletableFuture<@Nullable Object> result, Outcome outcome, Type type) {
        try {
            result.complete(value(outcome, type));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Whether somebody may have retried it meanwhile, so that only the database knows. */
    private static boolean mayGoOn(Outcome local) {
        return local.status() == InstanceStatus.FAILED;
    }

    private @Nullable Object value(Outcome outcome, Type type) {
        Payload payload = outcome.payload();
        if (payload == null) {
            throw new RomancyException(
                    ErrorCode.HISTORY_UNREADABLE,
                    "Instance '" + outcome.id() + "' is " + outcome.status()
                            + " without saying how. Its output was"
                            + " removed or damaged; restore it, or start the workflow anew.");
        }
        return switch (outcome.status()) {
            case COMPLETED -> codecs.decode(payload, type);
            case FAILED ->
                throw new WorkflowFailedException(outcome.id(), failures.describe(payload), failures.decode(payload));
            case CANCELLED -> throw Cancellation.open(outcome.id(), payload, failures);
            case STUCK -> throw new WorkflowStuckException(outcome.id(), text(payload));
            case READY, RUNNING, WAITING ->
                throw new IllegalStateException(outcome.id() + " goes on: " + outcome.status());
        };
    }

    private static String text(Payload payload) {
        return new String(payload.data(), StandardCharsets.UTF_8);
    }
}
