package io.romancy.spi;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

/**
 * The way of messages. A publisher only inserts; dispatch, in any worker, then puts messages in order and into mailboxes.
 *
 * <p>The promise: if a publish was committed before another was called, every receiver gets it first; all receivers of a channel see one
 * order; a message whose publisher commits late is delivered then, never skipped. A subscription starts at its commit: it gets what was
 * not committed before it.
 */
public interface MessageStore {
    /**
     * Dispatches published messages, in bounded time and number; the caller repeats while there may be more. Several workers may do it
     * at the same time.
     */
    DispatchResult dispatch(int limit);

    /** Fixes a topic's mode if it has none yet, and returns the one in force. */
    TopicMode declareTopic(ChannelName topic, TopicMode mode);
}
