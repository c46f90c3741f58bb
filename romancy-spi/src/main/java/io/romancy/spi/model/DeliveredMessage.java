package io.romancy.spi.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message in the mailbox of a run, still to be consumed.
 *
 * @param seq its place in the order that all receivers of its channel share; with the run it identifies the delivery
 * @param id the message's number in the database
 * @param publishedAt the database's time of the publish
 */
public record DeliveredMessage(
        long seq,
        long id,
        ChannelName channel,
        @Nullable String sender,
        Map<String, String> headers,
        Payload payload,
        Instant publishedAt) {
    /** What it counts for, about, where bytes are bounded. */
    public long bytes() {
        long bytes = (long) channel.name().length() + payload.data().length;
        bytes += sender == null ? 0 : sender.length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }
}
