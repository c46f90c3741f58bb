package io.romancy.spi.notification;

/**
 * A hint on its way: all that a source moves is text.
 *
 * @param channel the channel's full name, with prefix
 * @param payload what the channel's codec wrote
 */
public record Notification(String channel, String payload) {
    /** The payload that says nothing in particular: look at everything of this channel. */
    public static final String SWEEP = "{}";

    /** A hint that stands for many. */
    public static Notification sweep(String channel) {
        return new Notification(channel, SWEEP);
    }

    public boolean isSweep() {
        return payload.equals(SWEEP);
    }
}
