package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener on a scripted source, with the pollers that it wakes. */
final class ListenerRig {
    final ScriptedSource source = new ScriptedSource();
    final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();
    final PollLoops loops;
    final HintListener listener;

    ListenerRig(Environment environment, List<NotificationHandler<?>> handlers, Poller... pollers) {
        var fallback = Duration.ofSeconds(30);
        loops = new PollLoops(environment, List.of(pollers), fallback, event -> {});
        listener = new HintListener(
                environment,
                source,
                "app_",
                handlers,
                List.of(pollers),
                loops,
                fallback,
                Duration.ofSeconds(60),
                events::add);
    }

    static ListenerRig byHand(List<NotificationHandler<?>> handlers, Poller... pollers) {
        var rig = new ListenerRig(new ManualEnvironment(1), handlers, pollers);
        rig.listener.start();
        return rig;
    }

    ChannelStats stats(String channel) {
        return listener.stats().channels().stream()
                .filter(stats -> stats.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }
}
