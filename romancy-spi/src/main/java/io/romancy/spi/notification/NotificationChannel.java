package io.romancy.spi.notification;

import io.romancy.spi.error.Check;
import java.util.function.Function;

/**
 * A kind of hint: its name and how its payload is written as text. Payloads carry ids, never data, and stay far below the 8,000 bytes
 * that PostgreSQL moves. Two channels are the same if their names are.
 *
 * @param name without prefix; lower case letters, digits and underscores, so that it is an identifier everywhere
 */
public record NotificationChannel<P>(String name, Function<P, String> encode, Function<String, P> decode) {
    /** The longest name; with a prefix it must fit into the 63 bytes of a PostgreSQL identifier. */
    public static final int MAX_NAME_LENGTH = 40;

    public NotificationChannel {
        Check.name("Notification channel", name);
        if (name.length() > MAX_NAME_LENGTH || !name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "Notification channel '" + name + "' is refused: a name is a lower case letter, then "
                            + "lower case letters, digits and underscores, at most " + MAX_NAME_LENGTH);
        }
    }

    /** A channel with a payload type; {@code decode} throws on what it cannot read, which is then treated as a missed hint. */
    public static <P> NotificationChannel<P> of(String name, Function<P, String> encode, Function<String, P> decode) {
        return new NotificationChannel<>(name, encode, decode);
    }

    /** A channel whose payload is the text itself. */
    public static NotificationChannel<String> text(String name) {
        return new NotificationChannel<>(name, Function.identity(), Function.identity());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NotificationChannel<?> channel && name.equals(channel.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
