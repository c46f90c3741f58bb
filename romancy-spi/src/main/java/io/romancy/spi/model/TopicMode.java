package io.romancy.spi.model;

/** Who gets a message of a topic. Fixed when the topic is first used, and the same for everybody. */
public enum TopicMode {
    /** Everyone who is subscribed. */
    BROADCAST('b'),
    /** One of those who receive; kept until somebody does. */
    COMPETING('c');

    private final char code;

    TopicMode(char code) {
        this.code = code;
    }

    /** The stored form. */
    public char code() {
        return code;
    }

    public static TopicMode ofCode(char code) {
        return code == BROADCAST.code ? BROADCAST : COMPETING;
    }
}
