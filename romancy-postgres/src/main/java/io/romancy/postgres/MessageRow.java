package io.romancy.postgres;

import io.romancy.spi.error.Check;
import io.romancy.spi.model.NewMessage;
import io.romancy.spi.notification.FlatJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as its columns hold it. */
@SuppressWarnings("ArrayRecordComponent") // on its way to the database, never compared
record MessageRow(
        int lane,
        String kind,
        String channel,
        String uid,
        @Nullable String target,
        @Nullable String sender,
        @Nullable String headers,
        byte[] body) {
    static MessageRow of(NewMessage message) {
        return new MessageRow(
                Lanes.of(message),
                MessageKind.of(message).code(),
                message.channel().text(),
                message.uid(),
                message.target(),
                message.sender(),
                headers(message.headers()),
                message.payload().toBytes());
    }

    static void check(NewMessage message) {
        if (message.target() != null) {
            Check.text("Message target", message.target());
        }
        if (message.sender() != null) {
            Check.text("Message sender", message.sender());
        }
        message.headers().forEach((name, value) -> {
            Check.text("Message header", name);
            Check.text("Message header " + name, value);
        });
    }

    static Map<String, String> headers(@Nullable String stored) {
        return stored == null ? Map.of() : FlatJson.read(stored).texts();
    }

    private static @Nullable String headers(Map<String, String> headers) {
        return headers.isEmpty() ? null : FlatJson.write(headers);
    }
}
