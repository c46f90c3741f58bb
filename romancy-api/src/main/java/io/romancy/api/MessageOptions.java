package io.romancy.api;

import io.romancy.spi.error.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to send a message.
 *
 * @param key what makes it the same message: per target or topic, a second one with this key is accepted but not delivered, until
 *     retention deletes the first; null for none
 * @param headers what the receiver sees beside the value
 */
public record MessageOptions(@Nullable String key, Map<String, String> headers) {
    private static final MessageOptions NONE = new MessageOptions(null, Map.of());

    public MessageOptions {
        headers = Map.copyOf(headers);
        if (key != null) {
            Check.name("Message key", key);
        }
        headers.forEach((name, value) -> {
            Check.name("Message header", name);
            Check.text("Message header '" + name + "'", value);
        });
    }

    /** No key, no headers. */
    public static MessageOptions none() {
        return NONE;
    }

    /** With a key: once per key and target or topic. */
    public static MessageOptions key(String key) {
        return new MessageOptions(key, Map.of());
    }

    /** The same with one more header; a header of this name is replaced. */
    public MessageOptions header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new MessageOptions(key, more);
    }
}
