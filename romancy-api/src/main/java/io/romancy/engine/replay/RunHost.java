package io.romancy.engine.replay;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.Look;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import io.romancy.spi.commit.Transaction;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs from the worker that runs it. Reads are repeated while the storage cannot be reached; a {@code StorageException} that
 * comes all the same is no outcome of the workflow, and ends the activation.
 */
public interface RunHost {
    Environment environment();

    Observer observer();

    /**
     * The run's code comes to an operation, which is recorded or not. False ends the activation here, before anything of the operation
     * happens, unless the run is cancelled; for hosts that only replay.
     */
    default boolean goesOn(RunSession session, int position, String operation, @Nullable StepRecord recorded) {
        return true;
    }

    CommitResult.OfRun commit(Commit.OfRun commit, Waiter waiter);

    /** Sends a commit on its way; the answer, which always comes, comes on another thread, which must not be kept. */
    void submit(Commit.OfRun commit, Consumer<CommitResult> answered);

    /** Writes a record inside a transaction of the application, as its last statement. */
    CommitResult.OfJoined commitIn(Transaction transaction, Commit.OfRun commit);

    Optional<Look> look(Claim claim, Set<ChannelName> channels);

    List<StepRecord> history(long run, int fromPosition, int limit);

    /** Makes sure that the topic has this mode; throws if it has the other. */
    void declare(ChannelName topic, TopicMode mode);

    /**
     * Whether the id exists as this start already; refuses one that exists for another workflow or input. Only a look: whoever starts it
     * meanwhile decides.
     */
    boolean isStarted(NewInstance instance);

    /** Whether a step started now would still be ours when it ends its first seconds; false near the end of the lease. */
    boolean leaseIsSafe();

    /**
     * Keeps a place for the run's thread while it waits, before the suspension is written: a claim of this worker may come back sooner
     * than the answer. False if there is no room.
     */
    boolean keep(RunSession session);

    /** Gives the place back, because the run did not suspend or its thread ends. */
    void dismiss(RunSession session);

    /** The suspension is durable: the slot is free, and whoever must know of a timer or a competing receiver is told. */
    void suspended(RunSession session, String operation, Transition.Suspend suspension, CommitResult.Taken taken);

    /** The suspension was durable before its answer was, and has been told of: only the slot is free. */
    void letGo(RunSession session);

    /** The thread is about to end although the claim may hold: somebody has to take the run up again. */
    void leftBehind();

    /** The run's thread goes on under a new claim. */
    void resumed(Claim claim);

    /** Something durable happened to a run that others may wait for: messages to dispatch, instances to run. */
    void afterCommit(RunSession session, Commit.OfRun commit);
}
