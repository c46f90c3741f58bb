package io.romancy.engine.notification;

import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was heard since the start, and how the source is doing.
 *
 * @param state null without a source
 * @param detail what the source said when it came to this state
 * @param inState how long it has been in this state
 * @param gaps times that the source said that anything may have been missed
 * @param source what the source itself counted
 * @param foreign notifications on channels that nobody here listens on
 * @param channels one for each channel listened on
 */
public record ListenerStats(
        @Nullable SourceState state,
        @Nullable String detail,
        Duration inState,
        long gaps,
        SourceStats source,
        long foreign,
        List<ChannelStats> channels) {
    public ListenerStats {
        channels = List.copyOf(channels);
    }
}
