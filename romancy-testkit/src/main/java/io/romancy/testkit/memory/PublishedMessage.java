package io.romancy.testkit.memory;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.TopicMode;
import org.jspecify.annotations.Nullable;

/**
 * A message that was published.
 *
 * @param number its id
 * @param arrival its place in the order of the commits, which is the order in which everybody receives
 * @param mode of the topic; null for a direct message
 * @param target the instance that it was sent to; null for one on a topic
 */
public record PublishedMessage(
        long number,
        long arrival,
        String uid,
        ChannelName channel,
        @Nullable TopicMode mode,
        @Nullable String target) {}
