package io.romancy.api.channel;

import io.romancy.api.type.TypeRef;
import io.romancy.spi.model.ChannelName;

/**
 * A channel that each instance has for itself, from its start to its end: messages are sent to an instance and kept until it receives
 * them, in the order in which they were sent.
 */
public record Mailbox<T>(String name, TypeRef<T> type) implements Channel<T> {
    public Mailbox {
        new ChannelName(ChannelName.Kind.MAILBOX, name);
    }

    /** A mailbox for messages of a class without type parameters. */
    public static <T> Mailbox<T> of(String name, Class<T> type) {
        return new Mailbox<>(name, TypeRef.of(type));
    }

    /** A mailbox for messages of any type. */
    public static <T> Mailbox<T> of(String name, TypeRef<T> type) {
        return new Mailbox<>(name, type);
    }

    @Override
    public ChannelName channelName() {
        return new ChannelName(ChannelName.Kind.MAILBOX, name);
    }
}
