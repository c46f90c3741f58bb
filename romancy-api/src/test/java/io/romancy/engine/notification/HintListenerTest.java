package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.HandStep;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.poll.ScriptedPoller;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HintListenerTest {
    private static final NotificationChannel<String> PRICES = NotificationChannel.text("prices");

    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final ScriptedPoller cache = new ScriptedPoller("cache", Duration.ofSeconds(1), PRICES);
    private final ScriptedPoller other = new ScriptedPoller("other", Duration.ofSeconds(1));
    private final ListenerRig rig = new ListenerRig(environment, List.of(), cache, other);

    @Test
    void subscribesToTheChannelsOfHandlersAndPollersWithTheirPrefix() {
        var handler = new RecordingHandler(NotificationChannel.text("audit"), (payload, wake) -> {});
        var both = new ListenerRig(environment, List.of(handler), cache, other);
        both.listener.start();
        assertThat(both.source.channels).containsExactlyInAnyOrder("app_prices", "app_audit");
    }

    @Test
    void saysWhatIsConfiguredInOneLine() {
        try (var log = new LogCapture(HintListener.class.getName())) {
            rig.listener.start();
            assertThat(log.lines())
                    .containsExactly(
                            "INFO PostgreSQL LISTEN/NOTIFY configured fallback_interval=30s reconnect_delay=60s");
        }
    }

    @Test
    void aHintWakesThePollersThatNameItsChannelAndNoOther() {
        start();
        rig.source.hears("app_prices", "sku-1");
        step();
        assertThat(cache.reasons()).containsExactly(PollReason.START, PollReason.WAKE);
        assertThat(other.reasons()).containsExactly(PollReason.START);
        assertThat(rig.events).containsExactly(new EngineEvent.HintReceived("prices"));
        assertThat(rig.stats("prices").received()).isOne();
    }

    @Test
    void aSweepWakesThemTooAndIsReported() {
        start();
        rig.source.sink().received(Notification.sweep("app_prices"));
        step();
        assertThat(cache.reasons()).endsWith(PollReason.WAKE);
        assertThat(rig.events)
                .containsExactly(
                        new EngineEvent.HintReceived("prices"),
                        new EngineEvent.HintsMissed("prices", "the sender collapsed its hints"));
    }

    @Test
    void afterAGapEveryPollerLooks() {
        start();
        rig.source.sink().gap("reconnected");
        step();
        assertThat(cache.reasons()).containsExactly(PollReason.START, PollReason.GAP);
        assertThat(other.reasons()).containsExactly(PollReason.START, PollReason.GAP);
        assertThat(rig.events).containsExactly(new EngineEvent.HintsMissed(null, "reconnected"));
        assertThat(rig.listener.stats().gaps()).isOne();
    }

    @Test
    void onlyLiveIsTrusted() {
        start();
        for (var state : SourceState.values()) {
            rig.source.sink().stateChanged(state, "detail of " + state);
            environment.pass(Duration.ofSeconds(20));
            assertThat(rig.loops.stats().notificationsTrusted()).isEqualTo(state == SourceState.LIVE);
            assertThat(rig.listener.stats().state()).isEqualTo(state);
            assertThat(rig.listener.stats().detail()).isEqualTo("detail of " + state);
            assertThat(rig.listener.stats().inState()).isEqualTo(Duration.ofSeconds(20));
            assertThat(rig.events).contains(new EngineEvent.SourceChanged(state, "detail of " + state));
        }
    }

    @Test
    void theSameStateAgainIsNotANewOne() {
        start();
        rig.source.sink().stateChanged(SourceState.DOWN, "refused");
        environment.pass(Duration.ofSeconds(3));
        rig.source.sink().stateChanged(SourceState.DOWN, "refused again");
        environment.pass(Duration.ofSeconds(4));
        assertThat(rig.listener.stats().inState()).isEqualTo(Duration.ofSeconds(7));
        assertThat(rig.listener.stats().detail()).isEqualTo("refused again");
    }

    @Test
    void ignoresForeignChannelsAndLogsThemOnceAMinute() {
        start();
        try (var log = new LogCapture(HintSink.class.getName())) {
            for (int i = 0; i < 1_000; i++) {
                rig.source.hears("somebody_else" + i, "payload");
            }
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(rig.listener.stats().foreign()).isEqualTo(1_000);
        step();
        assertThat(cache.reasons()).containsExactly(PollReason.START);
    }

    @Test
    @SuppressWarnings("NullAway") // a source without null checks
    void throwsNothingAtASourceThatHandsOverNull() {
        var broken =
                new ListenerRig(environment, EngineHandlers.of(name -> true, until -> Duration.ZERO), cache, other);
        broken.listener.start();
        try (var log = new LogCapture(HintSink.class.getName())) {
            broken.source.hears("app_channel_message", null);
            broken.source.hears(null, "payload");
            assertThat(log.lines()).hasSize(2);
        }
        assertThat(broken.listener.stats().foreign()).isOne();
        assertThat(broken.stats("channel_message").missed()).isOne();
    }

    @Test
    void startsNothingWithoutASourceAndPlugins() {
        try (var listener = withoutSource(List.of(), List.of(other))) {
            listener.start();
            assertThat(environment.started()).isEmpty();
            assertThat(listener.stats().state()).isNull();
        }
    }

    @Test
    void startsOnlyOnceAndNotAfterItsClose() {
        start();
        assertThatThrownBy(rig.listener::start).isInstanceOf(IllegalStateException.class);
        var closed = withoutSource();
        closed.close();
        assertThatThrownBy(closed::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hearsNothingAfterItsCloseAndTrustsNothing() {
        start();
        rig.source.sink().stateChanged(SourceState.LIVE, null);
        environment.pass(Duration.ofMinutes(1));
        step();
        rig.events.clear();
        rig.listener.close();
        rig.source.hears("app_prices", "late");
        rig.source.sink().gap("late");
        rig.source.sink().stateChanged(SourceState.LIVE, "late");
        assertThat(rig.events).isEmpty();
        assertThat(rig.stats("prices").received()).isZero();
        assertThat(rig.listener.stats().state()).isEqualTo(SourceState.CLOSED);
        environment.pass(Duration.ofMinutes(1));
        assertThat(rig.loops.stats().notificationsTrusted()).isFalse();
    }

    private HintListener withoutSource() {
        return withoutSource(List.of(new RecordingHandler(PRICES, (payload, wake) -> {})), List.of(cache));
    }

    private HintListener withoutSource(List<NotificationHandler<?>> handlers, List<Poller> pollers) {
        return new HintListener(
                environment,
                null,
                "app_",
                handlers,
                pollers,
                new PollLoops(environment, pollers, Duration.ofSeconds(30), event -> {}),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                event -> {});
    }

    private void start() {
        rig.listener.start();
        step();
    }

    private void step() {
        HandStep.of(rig.loops, "cache");
        HandStep.of(rig.loops, "other");
    }
}
