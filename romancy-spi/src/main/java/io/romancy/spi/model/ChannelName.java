package io.romancy.spi.model;

import io.romancy.spi.error.Check;

/**
 * A channel as it is stored: its kind is part of the name, so that a mailbox and a topic of one name never meet.
 *
 * @param kind mailbox or topic
 * @param name what the application calls it
 */
public record ChannelName(Kind kind, String name) {
    /** What can be done with a channel. */
    public enum Kind {
        /** One per instance; messages are sent to the instance. */
        MAILBOX('m'),
        /** Shared; messages reach who is subscribed. */
        TOPIC('t');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    public ChannelName {
        Check.name("Channel name", name);
        Check.name("Channel name", kind.letter + ":" + name);
    }

    /** The stored form, such as {@code m:payments}. */
    public String text() {
        return kind.letter + ":" + name;
    }

    /** Reads the stored form. */
    public static ChannelName parse(String text) {
        return new ChannelName(text.charAt(0) == Kind.MAILBOX.letter ? Kind.MAILBOX : Kind.TOPIC, text.substring(2));
    }

    @Override
    public String toString() {
        return text();
    }
}
