package io.romancy.spi.commit;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Payload;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a run leaves RUNNING. It is refused while the run has not seen every event from outside. */
public sealed interface Transition {
    /**
     * Waits, held by nobody, for whichever comes first.
     *
     * @param channels a message on one of these makes the run ready
     * @param due so does this time; null to wait for messages only
     */
    record Suspend(Set<ChannelName> channels, @Nullable Due due) implements Transition {
        public Suspend {
            channels = Set.copyOf(channels);
        }
    }

    /** Goes back to READY, for any worker: a hand-over. */
    record Release() implements Transition {}

    /** Needs a person; the payload is the diagnosis. */
    record Stick(Payload diagnosis) implements Transition {}

    /** Ends. Subscriptions and the mailbox go, and competing messages that were not consumed go back to their channel. */
    sealed interface End extends Transition {
        /** What is kept of the end: a result, a failure, a reason. */
        Payload payload();
    }

    record Complete(Payload payload) implements End {}

    /**
     * Ends so that a retry finds what it needs: direct messages and broadcasts that were not consumed stay in the mailbox, and the
     * subscriptions rest until then. Competing messages go back even so: others can do what this one cannot.
     */
    record Fail(Payload payload) implements End {}

    record Cancelled(Payload payload) implements End {}
}
