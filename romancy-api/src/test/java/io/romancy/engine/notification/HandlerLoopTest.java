package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HandlerLoopTest {
    private static final NotificationChannel<String> PRICES = NotificationChannel.text("prices");
    private static final Wake NOBODY = new Wake() {
        @Override
        public void poller(String name) {}

        @Override
        public void pollerIn(String name, Duration delay) {}
    };

    private final ManualEnvironment environment = new ManualEnvironment(1);
    private final List<EngineEvent> events = new ArrayList<>();

    @Test
    void handlesOneThingAStepAndThenWaitsForMore() {
        var handler = new RecordingHandler(PRICES, (payload, wake) -> {});
        var loop = loop(handler);
        loop.hint("1");
        loop.hint("2");
        assertThat(loop.step()).isZero();
        assertThat(handler.heard).containsExactly("1");
        assertThat(loop.step()).isZero();
        assertThat(loop.step()).isEqualTo(Long.MAX_VALUE);
        assertThat(handler.heard).containsExactly("1", "2");
    }

    @Test
    void whatThrowsIsCountedAndFollowedByAMiss() {
        var handler = new RecordingHandler(PRICES, (payload, wake) -> {
            if (payload.equals("bad")) {
                throw new IllegalStateException("a bug");
            }
        });
        var loop = loop(handler);
        loop.hint("bad");
        loop.hint("good");
        loop.step();
        loop.step();
        assertThat(handler.heard).containsExactly(RecordingHandler.MISSED, "good");
        assertThat(loop.call().failures()).isOne();
        assertThat(events).singleElement().isInstanceOfSatisfying(EngineEvent.HandlerFailed.class, failed -> {
            assertThat(failed.handler()).isEqualTo(RecordingHandler.class);
            assertThat(failed.channel()).isEqualTo("prices");
            assertThat(failed.error()).hasMessage("a bug");
        });
    }

    @Test
    void aMissThatThrowsEndsThere() {
        var loop = loop(new RecordingHandler(PRICES, (payload, wake) -> {}) {
            @Override
            public void missed(Wake wake) {
                throw new AssertionError("a bug");
            }
        });
        loop.miss();
        assertThat(loop.step()).isZero();
        assertThat(loop.step()).isEqualTo(Long.MAX_VALUE);
        assertThat(loop.call().failures()).isOne();
    }

    @Test
    void logsFailuresOnceAMinute() {
        var loop = loop(new RecordingHandler(PRICES, (payload, wake) -> {
            throw new IllegalStateException("a bug");
        }));
        try (var log = new LogCapture(HandlerCall.class.getName())) {
            for (int i = 0; i < 500; i++) {
                loop.hint("x");
                loop.step();
            }
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(loop.call().failures()).isEqualTo(500);
    }

    @Test
    void aSlowCallIsReportedOnceWhileItRuns() {
        var slow = new SlowHandler();
        var loop = loop(slow);
        slow.loop = loop;
        loop.hint("x");
        try (var log = new LogCapture(HandlerLoop.class.getName())) {
            loop.step();
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(slow.reportedBeforeItsTime).isFalse();
        assertThat(events)
                .containsExactly(new EngineEvent.HandlerSlow(SlowHandler.class, "prices", Duration.ofMillis(1_001)));
        assertThat(loop.slowCalls()).isOne();
    }

    @Test
    void aSlowCallThatNobodyWatchedIsReportedWhenItEnds() {
        var loop = loop(new RecordingHandler(PRICES, (payload, wake) -> environment.pass(Duration.ofSeconds(3))));
        loop.hint("x");
        loop.step();
        assertThat(events)
                .containsExactly(new EngineEvent.HandlerSlow(RecordingHandler.class, "prices", Duration.ofSeconds(3)));
    }

    @Test
    void aQuickCallIsNotReportedAndTheTimeBetweenCallsDoesNotCount() {
        var loop = loop(new RecordingHandler(PRICES, (payload, wake) -> environment.pass(Duration.ofSeconds(1))));
        loop.hint("x");
        loop.step();
        environment.pass(Duration.ofHours(1));
        loop.reportIfSlow();
        assertThat(events).isEmpty();
    }

    @Test
    void isNotCalledAnyMoreAfterTheClose() {
        var handler = new RecordingHandler(PRICES, (payload, wake) -> {});
        var loop = loop(handler);
        loop.hint("1");
        loop.miss();
        loop.close();
        loop.step();
        loop.step();
        assertThat(handler.heard).isEmpty();
    }

    private HandlerLoop loop(RecordingHandler handler) {
        return new HandlerLoop(environment, new HandlerCall<>(environment, handler, NOBODY, events::add), events::add);
    }

    /** Is watched while it handles. */
    private final class SlowHandler extends RecordingHandler {
        private @Nullable HandlerLoop loop;
        private boolean reportedBeforeItsTime;

        SlowHandler() {
            super(PRICES, (payload, wake) -> {});
        }

        @Override
        public void handle(String payload, Wake wake) throws Exception {
            environment.pass(Duration.ofSeconds(1));
            watch();
            reportedBeforeItsTime = !events.isEmpty();
            environment.pass(Duration.ofMillis(1));
            watch();
            environment.pass(Duration.ofSeconds(10));
            watch();
            super.handle(payload, wake);
        }

        private void watch() {
            if (loop != null) {
                loop.reportIfSlow();
            }
        }
    }
}
