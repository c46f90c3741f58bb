package io.romancy.postgres;

import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;

/**
 * Which lane a message waits on for its dispatch. All messages whose order matters to each other share one: those of a topic, and those to
 * an instance. Stored with the message, so the calculation may never change.
 */
final class Lanes {
    /** Lanes of each of the two halves: direct and broadcast messages, competing ones. */
    static final int COUNT = 64;

    private Lanes() {}

    static int of(NewMessage message) {
        String target = message.target();
        if (target != null) {
            return ofTarget(target);
        }
        return message.mode() == TopicMode.COMPETING
                ? ofCompeting(message.channel().text())
                : hash(message.channel().text());
    }

    static int ofTarget(String instance) {
        return hash(instance);
    }

    static int ofCompeting(String channel) {
        return COUNT + hash(channel);
    }

    /** {@link String#hashCode} is specified, so all workers agree; its upper bits are mixed in, because ids often end alike. */
    private static int hash(String text) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }
}
