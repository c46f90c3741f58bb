package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.Latches;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HintPublisherThreadsTest {
    private static final NotificationChannel<String> A = NotificationChannel.text("a");
    private static final NotificationChannel<String> B = NotificationChannel.text("b");

    private final ScriptedSource source = new ScriptedSource();
    private final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();

    @Test
    void startsNoThreadAndDoesNothingWithoutASource() {
        var environment = new ManualEnvironment(1);
        try (var publisher = new HintPublisher(environment, null, "app_", events::add)) {
            publisher.hint(A, "1");
            assertThat(publisher.stats()).isEqualTo(PublisherStats.NONE);
        }
        assertThat(environment.started()).isEmpty();
        assertThat(environment.wakes()).isZero();
    }

    @Test
    void sendsAHint() throws Exception {
        try (var publisher = publisher()) {
            publisher.hint(A, "1");
            assertThat(source.sent.poll(30, TimeUnit.SECONDS)).containsExactly(new Notification("app_a", "1"));
        }
    }

    @Test
    void staysSmallInAFloodOfAMillionDifferentHintsWhileTheSourceHangs() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        source.onSend = batch -> {
            entered.countDown();
            Latches.uninterruptibly(release);
        };
        try (var publisher = publisher()) {
            publisher.hint(B, "first");
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            List<Thread> flood = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String name = "t" + t + "_";
                flood.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 250_000; i++) {
                        publisher.hint(A, name + i);
                    }
                }));
            }
            for (Thread thread : flood) {
                thread.join();
            }
            assertThat(publisher.stats().waitingChannels()).isOne();
            release.countDown();
            assertThat(source.sent.poll(30, TimeUnit.SECONDS)).containsExactly(new Notification("app_b", "first"));
            assertThat(source.sent.poll(30, TimeUnit.SECONDS)).containsExactly(Notification.sweep("app_a"));
        }
        assertThat(events).contains(new EngineEvent.HintsSent(1, 999_999));
    }

    @Test
    void noHintIsLeftBehindWhenManyAreGivenAtOnce() throws Exception {
        var last = NotificationChannel.text("last");
        try (var publisher = publisher()) {
            List<Thread> givers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String name = "t" + t + "_";
                givers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        publisher.hint(A, name + i);
                    }
                    publisher.hint(last, name);
                }));
            }
            for (Thread thread : givers) {
                thread.join();
            }
        }
        assertThat(source.sent.stream()
                        .flatMap(List::stream)
                        .filter(sent -> sent.channel().equals("app_last")))
                .extracting(Notification::payload)
                .containsExactlyInAnyOrder("t0_", "t1_", "t2_", "t3_");
    }

    @Test
    void closeSendsWhatIsLeft() {
        var publisher = publisher();
        for (int i = 0; i < 10; i++) {
            publisher.hint(A, "" + i);
        }
        publisher.close();
        publisher.close();
        assertThat(source.sent.stream().flatMap(List::stream)).hasSize(10);
    }

    @Test
    void closeReturnsThoughASendHangsAndNothingIsReportedAfterwards() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var sending = new AtomicReference<@Nullable Thread>();
        source.onSend = batch -> {
            sending.set(Thread.currentThread());
            entered.countDown();
            Latches.uninterruptibly(release);
        };
        var publisher = publisher();
        publisher.hint(A, "1");
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        try (var log = new LogCapture(HintSender.class.getName())) {
            publisher.close(Duration.ofMillis(50));
            assertThat(log.lines()).hasSize(1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        release.countDown();
        Thread thread = sending.get();
        assertThat(thread != null && thread.join(Duration.ofSeconds(30))).isTrue();
        assertThat(events).isEmpty();
    }

    private HintPublisher publisher() {
        var publisher = new HintPublisher(new SystemEnvironment(), source, "app_", events::add);
        publisher.start();
        return publisher;
    }
}
