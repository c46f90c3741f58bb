package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.PollLoops;
import io.romancy.engine.seam.Latches;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HintListenerThreadsTest {
    private static final NotificationChannel<String> PRICES = NotificationChannel.text("prices");
    private static final NotificationChannel<Integer> NUMBERS =
            NotificationChannel.of("numbers", String::valueOf, Integer::valueOf);

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final RecordingHandler healthy = new RecordingHandler(PRICES, (payload, wake) -> {});

    @Test
    void aHandlerHearsHintsInTheirOrderOnAThreadOfItsOwn() throws Exception {
        try (var rig = new Started(healthy)) {
            for (int i = 0; i < 500; i++) {
                rig.it.source.hears("app_prices", "p" + i);
            }
            for (int i = 0; i < 500; i++) {
                assertThat(heard(healthy)).isEqualTo("p" + i);
            }
            assertThat(healthy.thread.get()).isNotNull().isNotEqualTo(Thread.currentThread());
        }
    }

    @Test
    void withoutASourceWhatThisProcessSaysReachesItsOwnHandlersInTheirOrder() throws Exception {
        var environment = new SystemEnvironment();
        var loops = new PollLoops(environment, List.of(), Duration.ofSeconds(30), event -> {});
        try (var listener = new HintListener(
                environment,
                null,
                "app_",
                List.of(healthy),
                List.of(),
                loops,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                event -> {})) {
            listener.start();
            listener.hint(NUMBERS, 7); // nobody here has ears for it
            for (int i = 0; i < 20; i++) {
                listener.hint(PRICES, "p" + i);
            }

            for (int i = 0; i < 20; i++) {
                assertThat(heard(healthy)).isEqualTo("p" + i);
            }
            assertThat(listener.stats().state()).isNull();
            assertThat(listener.stats().foreign()).isZero();
        }
    }

    @Test
    void aHandlerThatBlocksDelaysNoOtherNorTheSource() throws Exception {
        var blocked = new RecordingHandler(PRICES, -1, this::block);
        try (var rig = new Started(blocked, healthy)) {
            for (int i = 0; i < 100; i++) {
                rig.it.source.hears("app_prices", "p" + i);
                assertThat(heard(healthy)).isEqualTo("p" + i);
            }
            assertThat(blocked.heard).isEmpty();
            release.countDown();
            assertThat(heard(blocked)).isEqualTo("p0");
        }
    }

    @Test
    void aHandlerThatThrowsErrorsHarmsNoOtherAndHearsThatItMissedSomething() throws Exception {
        var broken = new RecordingHandler(PRICES, -1, (payload, wake) -> {
            throw new StackOverflowError("pretended");
        });
        try (var rig = new Started(broken, healthy)) {
            for (int i = 0; i < 20; i++) {
                rig.it.source.hears("app_prices", "p" + i);
                assertThat(heard(healthy)).isEqualTo("p" + i);
                assertThat(heard(broken)).isEqualTo(RecordingHandler.MISSED);
            }
            assertThat(rig.it.stats("prices").failures()).isEqualTo(20);
        }
    }

    @Test
    void aFloodOfAHundredThousandHintsCollapsesToOneMissForAHandlerThatDoesNotKeepUp() throws Exception {
        var blocked = new RecordingHandler(PRICES, this::block);
        try (var rig = new Started(blocked);
                var log = new LogCapture(HandlerLoop.class.getName())) {
            rig.it.source.hears("app_prices", "first");
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 100_000; i++) {
                rig.it.source.hears("app_prices", "p" + i);
            }
            var stats = rig.it.stats("prices");
            assertThat(stats.received()).isEqualTo(100_001);
            assertThat(stats.overflows()).isOne();
            assertThat(stats.waiting()).isLessThanOrEqualTo(HandlerQueue.CAPACITY);
            assertThat(log.lines().stream().filter(line -> line.contains("does not keep up")))
                    .hasSize(1);
            release.countDown();
            assertThat(heard(blocked)).isEqualTo("first");
            assertThat(heard(blocked)).isEqualTo(RecordingHandler.MISSED);
            rig.it.source.hears("app_prices", "new");
            assertThat(heard(blocked)).isEqualTo("new");
        }
    }

    @Test
    void aFloodOfUnreadablePayloadsIsCountedAndLoggedOnce() throws Exception {
        var numbers = new NumberHandler();
        try (var rig = new Started(numbers);
                var log = new LogCapture(HandlerCall.class.getName())) {
            for (int i = 0; i < 1_000; i++) {
                rig.it.source.hears("app_numbers", "not a number");
            }
            rig.it.source.hears("app_numbers", "7");
            assertThat(numbers.seven.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(rig.it.stats("numbers").undecodable()).isEqualTo(1_000);
            assertThat(rig.it.stats("numbers").missed()).isEqualTo(1_000);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void everyHandlerHearsOfAGapAndOfASweep() throws Exception {
        try (var rig = new Started(healthy)) {
            rig.it.source.sink().gap("reconnected");
            assertThat(heard(healthy)).isEqualTo(RecordingHandler.MISSED);
            rig.it.source.hears("app_prices", "{}");
            assertThat(heard(healthy)).isEqualTo(RecordingHandler.MISSED);
        }
    }

    @Test
    void aSlowHandlerIsReportedWhileItIsStillRunning() throws Exception {
        var blocked = new RecordingHandler(PRICES, this::block);
        var reported = new CountDownLatch(1);
        var it = new ListenerRig(new SystemEnvironment(), List.of(blocked));
        var listener = new HintListener(
                new SystemEnvironment(),
                it.source,
                "app_",
                List.of(blocked),
                List.of(),
                it.loops,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                event -> {
                    if (event instanceof EngineEvent.HandlerSlow) {
                        reported.countDown();
                    }
                });
        try (listener) {
            listener.start();
            it.source.hears("app_prices", "x");
            assertThat(reported.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(release.getCount()).as("it still runs").isOne();
            release.countDown();
        }
    }

    @Test
    void tellsTheHandlersOfAChannelInTheirOrderAndThenAsTheyWereHandedOver() {
        List<NotificationHandler<?>> handlers = List.of(
                new RecordingHandler(PRICES, 5, (payload, wake) -> {}) {},
                new RecordingHandler(PRICES, (payload, wake) -> {}) {},
                new RecordingHandler(PRICES, (payload, wake) -> {}) {},
                new RecordingHandler(PRICES, -5, (payload, wake) -> {}) {});
        var rig = new ListenerRig(new SystemEnvironment(), handlers);
        var routes = Routes.of(new SystemEnvironment(), "", handlers, List.of(), rig.loops, event -> {});
        var route = routes.find("prices");
        assertThat(route).isNotNull();
        List<Class<?>> told = new ArrayList<>();
        if (route != null) {
            route.queued().forEach(loop -> told.add(loop.call().handlerClass()));
        }
        assertThat(told)
                .isEqualTo(IntStream.of(3, 1, 2, 0)
                        .<Class<?>>mapToObj(i -> handlers.get(i).getClass())
                        .toList());
    }

    @Test
    void closeReturnsThoughAHandlerHangsAndNobodyIsCalledAfterwards() throws Exception {
        var stubborn = new RecordingHandler(PRICES, (payload, wake) -> {
            entered.countDown();
            Latches.uninterruptibly(release);
            throw new IllegalStateException("a miss would follow this");
        });
        var rig = new Started(stubborn, healthy);
        rig.it.source.hears("app_prices", "1");
        rig.it.source.hears("app_prices", "2");
        assertThat(heard(healthy)).isEqualTo("1");
        assertThat(heard(healthy)).isEqualTo("2");
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        rig.it.events.clear();
        long start = System.nanoTime();
        try (var log = new LogCapture(HintListener.class.getName())) {
            rig.it.listener.close(Duration.ofMillis(50));
            assertThat(log.lines()).singleElement().asString().startsWith("WARN Closed, but");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(rig.it.source.closed.getCount()).isZero();
        rig.it.source.hears("app_prices", "3");
        release.countDown();
        var thread = stubborn.thread.get();
        assertThat(thread == null || thread.join(Duration.ofSeconds(30))).isTrue();
        assertThat(stubborn.heard).isEmpty();
        assertThat(healthy.heard).isEmpty();
        assertThat(rig.it.events).isEmpty();
        rig.close();
    }

    @Test
    void closeInterruptsAHandlerThatListensToThat() throws Exception {
        var interrupted = new CountDownLatch(1);
        var waiting = new RecordingHandler(PRICES, (payload, wake) -> {
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        var rig = new Started(waiting);
        rig.it.source.hears("app_prices", "1");
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        rig.it.listener.close(Duration.ofMillis(10));
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.heard).isEmpty();
    }

    @Test
    void closeReturnsThoughTheSourceDoesNot() {
        var rig = new Started(healthy);
        rig.it.source.onClose = () -> Latches.uninterruptibly(release);
        long start = System.nanoTime();
        try (var log = new LogCapture(HintListener.class.getName())) {
            rig.it.listener.close(Duration.ofMillis(50));
            assertThat(log.lines()).singleElement().asString().contains("the notification source");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        release.countDown();
    }

    private void block(String payload, Object wake) throws InterruptedException {
        entered.countDown();
        release.await();
    }

    private static String heard(RecordingHandler handler) throws InterruptedException {
        String heard = handler.heard.poll(30, TimeUnit.SECONDS);
        return heard == null ? "nothing within the deadline" : heard;
    }

    /** A started listener with real threads. */
    private static final class Started implements AutoCloseable {
        final ListenerRig it;

        Started(NotificationHandler<?>... handlers) {
            it = new ListenerRig(new SystemEnvironment(), List.of(handlers));
            it.listener.start();
        }

        @Override
        public void close() {
            it.listener.close();
        }
    }

    private static final class NumberHandler implements NotificationHandler<Integer> {
        final CountDownLatch seven = new CountDownLatch(1);

        @Override
        public NotificationChannel<Integer> channel() {
            return NUMBERS;
        }

        @Override
        public void handle(Integer payload, Wake wake) {
            if (payload == 7) {
                seven.countDown();
            }
        }
    }
}
