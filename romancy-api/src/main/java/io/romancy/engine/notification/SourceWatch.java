package io.romancy.engine.notification;

import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.SourceStats;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state that the source last reported, and since when. Thread-safe. */
final class SourceWatch {
    private @Nullable SourceState state;
    private @Nullable String detail;
    private long since;
    private long gaps;
    private long foreign;

    SourceWatch(@Nullable SourceState state, long now) {
        this.state = state;
        this.since = now;
    }

    synchronized void change(SourceState newState, @Nullable String newDetail, long now) {
        if (state != newState) {
            since = now;
        }
        state = newState;
        detail = newDetail;
    }

    synchronized void gap() {
        gaps++;
    }

    synchronized void foreign() {
        foreign++;
    }

    synchronized ListenerStats stats(long now, SourceStats source, List<ChannelStats> channels) {
        return new ListenerStats(state, detail, Duration.ofNanos(now - since), gaps, source, foreign, channels);
    }
}
