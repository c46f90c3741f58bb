package io.romancy.api.channel;

import io.romancy.api.type.TypeRef;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;

/**
 * A channel that instances share. Whoever wants its messages subscribes, and gets what is published from then on. The mode is fixed when
 * a topic of this name is first used; another one is refused with {@code TOPIC_MODE_CONFLICT}.
 */
public record Topic<T>(String name, TypeRef<T> type, TopicMode mode) implements Channel<T> {
    public Topic {
        new ChannelName(ChannelName.Kind.TOPIC, name);
    }

    /** A topic whose messages reach everyone who is subscribed. */
    public static <T> Topic<T> broadcast(String name, Class<T> type) {
        return new Topic<>(name, TypeRef.of(type), TopicMode.BROADCAST);
    }

    /** A topic whose messages reach everyone who is subscribed. */
    public static <T> Topic<T> broadcast(String name, TypeRef<T> type) {
        return new Topic<>(name, type, TopicMode.BROADCAST);
    }

    /** A topic of which each message is taken by one of those subscribed, and kept until one does. */
    public static <T> Topic<T> competing(String name, Class<T> type) {
        return new Topic<>(name, TypeRef.of(type), TopicMode.COMPETING);
    }

    /** A topic of which each message is taken by one of those subscribed, and kept until one does. */
    public static <T> Topic<T> competing(String name, TypeRef<T> type) {
        return new Topic<>(name, type, TopicMode.COMPETING);
    }

    @Override
    public ChannelName channelName() {
        return new ChannelName(ChannelName.Kind.TOPIC, name);
    }
}
