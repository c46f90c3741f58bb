package io.romancy.api.channel;

import io.romancy.api.type.TypeRef;
import io.romancy.spi.model.ChannelName;

/**
 * Something that a workflow receives from. Which kind it is decides what can be done with it, so that publishing what one instance waits
 * for does not compile. No message is null.
 */
public sealed interface Channel<T> permits Mailbox, Topic {
    /** The name; kinds do not share names, so a mailbox and a topic of one name never meet. */
    String name();

    /** The type of its messages. */
    TypeRef<T> type();

    /** The channel as it is stored. */
    ChannelName channelName();
}
