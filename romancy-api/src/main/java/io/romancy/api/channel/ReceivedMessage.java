package io.romancy.api.channel;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message with what is known about it.
 *
 * @param id the message's number in the database
 * @param value what was sent
 * @param publishedAt the database's time of the publish
 * @param sender the id of the workflow that sent it; null when the application did
 * @param headers what the sender added
 */
public record ReceivedMessage<T>(
        long id, T value, Instant publishedAt, @Nullable String sender, Map<String, String> headers) {
    public ReceivedMessage {
        headers = Map.copyOf(headers);
    }
}
