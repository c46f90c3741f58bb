package io.romancy.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryNotificationSourceTest {
    private final Bells bells = new Bells();

    @Test
    void beginsWithAGapAndIsLiveThen() throws Exception {
        var sink = new Sink();
        try (var source = new MemoryNotificationSource(bells)) {
            assertThat(source.state()).isEqualTo(SourceState.CONNECTING);
            source.start(Set.of("a"), sink);

            assertThat(source.state()).isEqualTo(SourceState.LIVE);
            assertThat(sink.next()).startsWith("gap");
            assertThat(sink.next()).isEqualTo("LIVE");
        }
    }

    @Test
    void ringsForAllWhoListenInOrderAndForNobodyElse() throws Exception {
        var one = new Sink();
        var two = new Sink();
        try (var first = new MemoryNotificationSource(bells);
                var second = new MemoryNotificationSource(bells)) {
            first.start(Set.of("a"), one);
            second.start(Set.of("b", "a"), two);

            first.send(List.of(new Notification("b", "1"), new Notification("a", "2"), new Notification("c", "3")));

            assertThat(one.afterLive()).isEqualTo("a=2");
            assertThat(two.afterLive()).isEqualTo("b=1");
            assertThat(two.next()).isEqualTo("a=2");
        }
    }

    @Test
    void collapsesWhatDoesNotFitIntoOneGap() throws Exception {
        var sink = new Sink();
        sink.stall();
        try (var source = new MemoryNotificationSource(bells)) {
            source.start(Set.of("a"), sink);
            List<Notification> flood = IntStream.range(0, 25_000)
                    .mapToObj(i -> new Notification("a", "" + i))
                    .toList();
            source.send(flood);
            sink.goOn();

            assertThat(sink.afterLive()).isEqualTo("a=0");
            String last = "a=0";
            int received = 1;
            while (last.startsWith("a=")) {
                last = sink.next();
                received++;
            }
            assertThat(last).startsWith("gap");
            assertThat(received).isLessThanOrEqualTo(10_001);
            source.send(List.of(new Notification("a", "after the flood")));
            assertThat(sink.next()).isEqualTo("a=after the flood");
        }
    }

    @Test
    void callsNobodyAfterItWasClosed() {
        var sink = new Sink();
        sink.stall();
        var source = new MemoryNotificationSource(bells);
        source.start(Set.of("a"), sink);
        source.send(List.of(new Notification("a", "1")));
        sink.goOn();
        source.close();
        int before = sink.heard();

        bells.ring(List.of(new Notification("a", "2")));

        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
        assertThat(sink.heard()).isEqualTo(before);
        assertThatThrownBy(() -> source.send(List.of())).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> source.start(Set.of("a"), sink)).isInstanceOf(RomancyException.class);
    }

    @Test
    void mayBeClosedByItsOwnCallback() throws Exception {
        var closed = new CountDownLatch(1);
        var source = new MemoryNotificationSource(bells);
        source.start(Set.of("a"), new Sink() {
            @Override
            public void gap(String reason) {
                source.close();
                closed.countDown();
            }
        });

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
    }

    @Test
    void startsOnce() {
        try (var source = new MemoryNotificationSource(bells)) {
            source.start(Set.of("a"), new Sink());

            assertThatThrownBy(() -> source.start(Set.of("a"), new Sink())).isInstanceOf(RomancyException.class);
        }
    }

    private static class Sink implements NotificationSink {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        void stall() {
            gate = new CountDownLatch(1);
        }

        void goOn() {
            gate.countDown();
        }

        @Override
        public void received(Notification notification) {
            hear(notification.channel() + "=" + notification.payload());
        }

        @Override
        public void gap(String reason) {
            hear("gap: " + reason);
        }

        @Override
        public void stateChanged(SourceState state, @Nullable String detail) {
            hear(state.name());
        }

        private void hear(String what) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(what);
        }

        int heard() {
            return heard.size();
        }

        String next() throws InterruptedException {
            String next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("what is heard next").isNotNull();
            return next == null ? "" : next;
        }

        String afterLive() throws InterruptedException {
            String next = next();
            while (!next.equals("LIVE")) {
                next = next();
            }
            return next();
        }
    }
}
