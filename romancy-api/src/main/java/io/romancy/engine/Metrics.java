package io.romancy.engine;

import io.romancy.api.observe.EngineMetrics;
import io.romancy.engine.notification.ChannelStats;
import io.romancy.engine.notification.ListenerStats;
import io.romancy.engine.poll.PollStats;
import io.romancy.engine.poll.PollerStats;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the counters of the engine's parts into what an application sees. */
final class Metrics {
    private Metrics() {}

    static EngineMetrics of(Parts parts) {
        var heard = parts.listener.stats();
        var polled = parts.polled();
        var sent = parts.hints.stats();
        var worker = parts.worker;
        return new EngineMetrics(
                notifications(heard, polled),
                new EngineMetrics.Hints(sent.hints(), sent.sent(), sent.collapsed(), sent.dropped(), sent.failures()),
                heard.channels().stream().map(Metrics::channel).toList(),
                polled.pollers().stream().map(Metrics::polling).toList(),
                worker == null ? List.of() : worker.pickups(),
                worker == null ? null : worker.leaseMargin());
    }

    private static EngineMetrics.@Nullable Notifications notifications(ListenerStats heard, PollStats polled) {
        SourceState state = heard.state();
        if (state == null) {
            return null;
        }
        return new EngineMetrics.Notifications(
                state,
                heard.detail(),
                heard.inState(),
                polled.notificationsTrusted(),
                heard.source().epoch(),
                heard.source().losses(),
                heard.gaps(),
                heard.source().echoLatency(),
                heard.foreign());
    }

    private static EngineMetrics.Channel channel(ChannelStats heard) {
        return new EngineMetrics.Channel(
                heard.channel(),
                heard.received(),
                heard.undecodable(),
                heard.missed(),
                heard.failures(),
                heard.slow(),
                heard.overflows(),
                heard.waiting());
    }

    private static EngineMetrics.Polling polling(PollerStats polled) {
        return new EngineMetrics.Polling(
                polled.poller(), polled.byReason(), polled.failures(), polled.failuresInARow(), polled.foundUnhinted());
    }
}
