package io.romancy.spi.commit;

import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one {@link Commit}. */
public sealed interface CommitResult {
    /** What a {@link Commit.OfRun} is answered with. */
    sealed interface OfRun extends CommitResult {
        /** This answer, to a commit of a run. Any other kind is a defect of the storage that gave it. */
        static OfRun to(Commit.OfRun commit, CommitResult answer) {
            if (answer instanceof OfRun known) {
                return known;
            }
            throw new IllegalStateException(
                    "a storage answered the commit of run " + commit.claim().id() + " with " + answer);
        }
    }

    /** What a {@link Commit.OfRun} inside a transaction of the application is answered with. */
    sealed interface OfJoined extends CommitResult {}

    /** What every other commit is answered with. */
    sealed interface OfCaller extends CommitResult {}

    /**
     * A run's commit is durable; inside a transaction of the application, it will be with that.
     *
     * @param at the database's time of the write, which its records now carry
     * @param wake the run's events from outside up to now; above the claim's, there is something to look at
     * @param cancelReason why its cancellation was asked for; null if it was not
     */
    record Taken(Instant at, long wake, @Nullable String cancelReason) implements OfRun, OfJoined {}

    /** Nothing was written: the transition met events that the run has not seen. Look, decide again. */
    record Moved(long wake, @Nullable String cancelReason) implements OfRun {}

    /** Nothing was written: the claim is lost. */
    record Fenced() implements OfRun, OfJoined {}

    /**
     * Nothing will be written: a closed record is there already, from a transaction whose commit was acknowledged to nobody. The history
     * says with what result; the work of this transaction must not take effect a second time.
     */
    record Recorded() implements OfJoined {}

    /**
     * A commit without a claim is durable, or was already.
     *
     * @param message the number of the message, if it was one; 0 otherwise
     */
    record Accepted(Instant at, long message) implements OfCaller {
        /** For what is no message. */
        public Accepted(Instant at) {
            this(at, 0);
        }
    }

    /** The instance is durable and belongs to the owner that its {@code NewInstance} named. */
    record Born(Claim claim, Instant at) implements OfCaller {}

    /** The id exists already, with the same workflow and input. */
    record Existing() implements OfCaller {}

    /**
     * This commit alone cannot be taken; nothing of it was written.
     *
     * @param error why; a transient {@link io.romancy.spi.error.StorageException} if only for now, because others have locked its rows: the
     *     caller sends it again, and others of its batch meanwhile
     */
    record Refused(RomancyException error) implements OfRun, OfJoined, OfCaller {}
}
