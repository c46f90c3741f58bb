package io.romancy.spi.commit;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;

/**
 * One thing that a run writes. What reaches beyond the run hangs on the record of its position and happens only if that record is new, so
 * that a commit sent twice acts once.
 */
public sealed interface Change {
    /**
     * Writes a record; replaces an open one of the same position, and leaves a closed one alone.
     *
     * @param isFirst whether the writer knows of no earlier record of the position. Only advice, which lets a storage take the cheaper way:
     *     a commit that is sent again gives it too, and meets what it wrote itself
     */
    record Append(StepRecord step, boolean isFirst) implements Change {
        /** One whose position may have a record. */
        public Append(StepRecord step) {
            this(step, false);
        }
    }

    /** Takes a delivered message out of the mailbox. */
    record Consume(long seq) implements Change {}

    /**
     * Sends or publishes a message. One whose target has ended by the time of its dispatch is dropped, and counted; for one that failed it
     * lies in the mailbox until a retry.
     */
    record Publish(int position, NewMessage message) implements Change {}

    /**
     * Starts an instance. If its id exists as the same start ({@link NewInstance#isSameStart}), in the database or earlier in the commit,
     * this changes nothing. If it exists as another one, the commit is refused with {@code START_CONFLICT}, and nothing of it is written.
     * A start whose record is there closed, as that of a commit that is sent again, is not judged again.
     */
    record Start(int position, NewInstance instance) implements Change {}

    /** Subscribes the run to a topic, from here on. */
    record Subscribe(ChannelName topic, TopicMode mode) implements Change {}

    /** Ends the subscription; competing messages that were not consumed go back to the topic. */
    record Unsubscribe(ChannelName topic) implements Change {}
}
