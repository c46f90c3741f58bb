package io.romancy.spi.model;

import io.romancy.spi.error.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to be published or sent.
 *
 * @param uid decides what is the same message: a second one with this uid is taken and ignored
 * @param channel where it goes
 * @param mode the topic's mode; null for a mailbox
 * @param target the instance it is sent to; null for a topic
 * @param sender the instance it comes from; null when the application published it
 */
public record NewMessage(
        String uid,
        ChannelName channel,
        @Nullable TopicMode mode,
        @Nullable String target,
        @Nullable String sender,
        Map<String, String> headers,
        Payload payload) {
    public NewMessage {
        Check.name("Message uid", uid);
        headers = Map.copyOf(headers);
        if ((channel.kind() == ChannelName.Kind.MAILBOX) != (target != null) || (mode == null) != (target != null)) {
            throw new IllegalArgumentException("a mailbox has a target and no mode, a topic a mode and no target");
        }
    }
}
