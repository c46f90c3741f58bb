package io.romancy.engine;

import io.romancy.api.StartOptions;
import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.codec.Digest;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.replay.Ending;
import io.romancy.engine.replay.StartBody;
import io.romancy.engine.seam.Operation;
import io.romancy.engine.worker.Birth;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ClaimedRun;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances. With a free slot an instance is born RUNNING here, in the one statement that makes it durable; otherwise, and inside a
 * transaction of the application, it is born READY, for whoever claims it.
 */
final class Starts {
    private final Parts parts;
    private final Joined joined;
    private final InstanceIds ids;

    Starts(Parts parts, Joined joined) {
        this.parts = parts;
        this.joined = joined;
        this.ids = new InstanceIds(parts.environment.random());
    }

    /** An instance that is durable, and how it ends, if it runs here. */
    record Started(String id, @Nullable CompletableFuture<@Nullable Outcome> ending) {}

    Started start(WorkflowDefinition definition, @Nullable Object input, StartOptions options) {
        checkInput(definition, input);
        String id = options.id() == null ? ids.next() : options.id();
        Payload payload = parts.codecs.encode(input, definition.input());
        return parts.observer.during(
                new Operation.Start(definition.route(), id),
                carried -> start(
                        definition, id, options.id() == null, StartBody.seal(payload, carried), Digest.of(payload)));
    }

    private Started start(WorkflowDefinition definition, String id, boolean isMade, Payload body, String hash) {
        Transaction transaction = joined.current();
        if (transaction != null) {
            var instance = new NewInstance(id, definition.route(), body, hash, null);
            return inTransaction(transaction, instance);
        }
        boolean served = parts.workflows.find(definition.route()).isPresent();
        Birth birth = parts.worker == null || !served ? null : parts.worker.expect(id);
        var instance = new NewInstance(id, definition.route(), body, hash, birth == null ? null : birth.owner());
        var start = new Commit.Start(instance, isMade);
        return birth == null ? ready(start) : born(start, birth);
    }

    /** The run's thread starts where the answer arrives, so that it need not wait for the caller's to wake. */
    private Started born(Commit.Start start, Birth birth) {
        NewInstance instance = start.instance();
        var ending = new AtomicReference<@Nullable CompletableFuture<@Nullable Ending>>();
        CommitResult result = parts.pipeline.commit(start, answer -> {
            if (answer instanceof CommitResult.Born born) {
                started(instance);
                ending.set(birth.born(newborn(instance, born), born.at()));
            } else if (answer instanceof CommitResult.Existing) {
                birth.existed();
            } else {
                birth.failed();
            }
        });
        check(result);
        var ends = ending.get();
        return new Started(instance.id(), ends == null ? null : ends.thenApply(end -> outcome(instance.id(), end)));
    }

    private static ClaimedRun newborn(NewInstance instance, CommitResult.Born born) {
        return new ClaimedRun(
                born.claim(),
                instance.route(),
                instance.input(),
                born.at(),
                List.of(),
                true,
                List.of(),
                true,
                null,
                Duration.ZERO);
    }

    private static @Nullable Outcome outcome(String id, @Nullable Ending ending) {
        return ending == null ? null : new Outcome(id, ending.status(), ending.payload());
    }

    private Started ready(Commit.Start start) {
        NewInstance instance = start.instance();
        if (check(parts.pipeline.commit(start)) instanceof CommitResult.Accepted) {
            started(instance);
            parts.signals.resumable(instance.id(), instance.route());
        }
        return new Started(instance.id(), null);
    }

    private Started inTransaction(Transaction transaction, NewInstance instance) {
        List<Commit> batch = List.of(new Commit.Start(instance));
        boolean isNew = check(parts.storage.runs().commit(transaction, batch).get(0)) instanceof CommitResult.Accepted;
        transaction.afterCommit(() -> {
            if (isNew) {
                started(instance);
            }
            parts.signals.resumable(instance.id(), instance.route());
        });
        return new Started(instance.id(), null);
    }

    private void started(NewInstance instance) {
        parts.events.accept(new EngineEvent.WorkflowStarted(instance.id(), instance.route()));
    }

    private static CommitResult check(CommitResult result) {
        if (result instanceof CommitResult.Refused refused) {
            throw refused.error();
        }
        return result;
    }

    /** What raw types let through at compile time is refused here, before it is written. */
    private static void checkInput(WorkflowDefinition definition, @Nullable Object input) {
        Class<?> type = erased(definition.input());
        if (type == Void.class ? input != null : !type.isInstance(input)) {
            throw new RomancyException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Workflow " + definition.route() + " was started with "
                            + (input == null ? "null" : "a " + input.getClass().getName()) + ", but its input is "
                            + definition.input().getTypeName() + ". Give it one of these.");
        }
    }

    private static Class<?> erased(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> erased(generic.getRawType());
            default -> Object.class;
        };
    }
}
