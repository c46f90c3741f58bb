package io.romancy.engine.replay;

import io.romancy.spi.model.Payload;
import io.romancy.spi.notification.FlatJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a record that says more than a result: a few named fields, one line of JSON, and behind it the payload that the
 * application gave, untouched.
 */
final class Envelope {
    private static final String CODEC = "romancy";

    private final FlatJson.Fields fields;
    private final @Nullable Payload content;

    private Envelope(FlatJson.Fields fields, @Nullable Payload content) {
        this.fields = fields;
        this.content = content;
    }

    static Payload seal(Map<String, ?> fields, @Nullable Payload content) {
        byte[] head = (FlatJson.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        if (content == null) {
            return new Payload(CODEC, head);
        }
        byte[] tail = content.toBytes();
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return new Payload(CODEC, all);
    }

    static boolean isOne(Payload body) {
        return body.codec().equals(CODEC);
    }

    /** Opens what {@link #seal} closed; throws {@link IllegalArgumentException} on anything else. */
    static Envelope open(@Nullable Payload body) {
        if (body == null || !body.codec().equals(CODEC)) {
            throw new IllegalArgumentException("a record of the engine, not " + body);
        }
        byte[] all = body.data();
        int end = 0;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        var fields = FlatJson.read(new String(all, 0, end, StandardCharsets.UTF_8));
        boolean empty = end + 1 >= all.length;
        return new Envelope(fields, empty ? null : Payload.ofBytes(Arrays.copyOfRange(all, end + 1, all.length)));
    }

    FlatJson.Fields fields() {
        return fields;
    }

    Payload content() {
        if (content == null) {
            throw new IllegalArgumentException("a record with content, not an empty one");
        }
        return content;
    }
}
