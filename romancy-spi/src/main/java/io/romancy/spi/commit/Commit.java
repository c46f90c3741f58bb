package io.romancy.spi.commit;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written together, all or nothing. A batch holds many, of which each is taken or refused on its own. */
public sealed interface Commit {
    /**
     * What one run writes under its claim. A batch holds at most one for each run; inside a transaction of the application one in all, and
     * without a transition.
     *
     * @param changes in the order in which they happened
     * @param transition how the run leaves RUNNING; null if it goes on
     */
    record OfRun(
            Claim claim, List<Change> changes, @Nullable Transition transition) implements Commit {
        public OfRun {
            changes = List.copyOf(changes);
        }

        /**
         * The commit as it is written inside a transaction of the application, where what it starts is born READY. Throws a
         * {@link RomancyException} for what has no place there: it would hold back dispatch, or end the run's turn before the transaction
         * ends.
         */
        public OfRun joined() {
            if (transition != null) {
                throw misplaced("Leaving RUNNING (" + transition + ")");
            }
            return new OfRun(claim, changes.stream().map(OfRun::joined).toList(), null);
        }

        /** Whether it writes records. */
        public boolean appends() {
            for (Change change : changes) {
                if (change instanceof Change.Append) {
                    return true;
                }
            }
            return false;
        }

        private static Change joined(Change change) {
            return switch (change) {
                case Change.Append append -> append;
                case Change.Publish publish -> publish;
                case Change.Start(int position, var child) -> new Change.Start(position, child.unowned());
                case Change.Consume consume -> throw misplaced("Consuming a message");
                case Change.Subscribe subscribe -> throw misplaced("Subscribing");
                case Change.Unsubscribe unsubscribe -> throw misplaced("Unsubscribing");
            };
        }

        private static RomancyException misplaced(String what) {
            return new RomancyException(
                    ErrorCode.WRONG_PLACE,
                    what
                            + " inside a transaction of the application is refused: a step that joins one may record, publish and"
                            + " start. Commit it outside.");
        }
    }

    /**
     * Starts an instance; a second start of an id with the same workflow and input finds the first.
     *
     * @param isFirst whether the id was made for this start. Only advice, which lets a storage take the cheaper way: a start that is sent
     *     again gives it too, and meets itself
     */
    record Start(NewInstance instance, boolean isFirst) implements Commit {
        /** One whose id may exist. */
        public Start(NewInstance instance) {
            this(instance, false);
        }
    }

    /** Publishes to a topic, or sends to an instance that must exist and not have ended. */
    record Publish(NewMessage message) implements Commit {}

    /**
     * Asks for the cancellation of an instance, and makes it ready if it waits or is stuck; refused if it has ended. The first reason is
     * kept, and whoever was asked before is left in peace, unless it is stuck: that one becomes ready each time.
     */
    record Cancel(String id, String reason) implements Commit {}

    /**
     * Lets an instance that is STUCK or FAILED go on. If the last record of a failed one is of the kind {@code failedStepKind}, it is
     * removed, so that the step runs again. A failed one finds its mailbox as it left it, with the direct messages that were
     * dispatched since, and its subscriptions go on: of what was published to its topics, it misses what was dispatched while it was
     * FAILED. Refused in every other state, and with {@code COMPENSATED} for a failed one whose last
     * record {@link io.romancy.spi.model.StepRecord#isCompensation() is of a compensation}: what it did is undone.
     *
     * @param key what tells this request from every other. If it is the key of the last one that was accepted, this is that one, sent
     *     again because its answer was lost: it is accepted and changes nothing, whatever has become of the instance
     */
    record Retry(String id, int failedStepKind, String key) implements Commit {}
}
