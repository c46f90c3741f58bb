package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SinkQueueTest {

    @Test
    void aFloodThatTheSinkCannotFollowBecomesAGap() throws Exception {
        var entered = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var events = new LinkedBlockingQueue<String>();
        try (var queue = new SinkQueue(
                new NotificationSink() {
                    @Override
                    public void received(Notification notification) {
                        entered.countDown();
                        awaitQuietly(goOn);
                        events.add(notification.payload());
                    }

                    @Override
                    public void gap(String reason) {
                        events.add("gap");
                    }

                    @Override
                    public void stateChanged(SourceState state, @Nullable String detail) {
                        events.add(state.name());
                    }
                },
                "flood")) {
            queue.start();
            queue.received(new Notification("c", "first"));
            assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

            for (int i = 0; i < 50_000; i++) {
                queue.received(new Notification("c", "n" + i));
            }
            goOn.countDown();

            List<String> told = new ArrayList<>();
            do {
                told.add(events.poll(60, TimeUnit.SECONDS));
            } while (!"n49999".equals(told.getLast()));
            assertThat(told).as("what is older than the gap is in it").startsWith("first", "gap");
            assertThat(told).as("one gap, and what came after it").hasSizeLessThan(10_003);
            assertThat(told).filteredOn("gap"::equals).hasSize(1);
        }
    }

    @Test
    void aSinkWhoseErrorsCannotBeLoggedHearsTheNextEventAllTheSame() throws Exception {
        var events = new LinkedBlockingQueue<String>();
        try (var log = new FailingLog(SinkQueue.class);
                var queue = new SinkQueue(
                        new NotificationSink() {
                            @Override
                            public void received(Notification notification) {
                                throw new IllegalStateException("as a sink must not");
                            }

                            @Override
                            public void gap(String reason) {
                                events.add(reason);
                            }

                            @Override
                            public void stateChanged(SourceState state, @Nullable String detail) {
                                events.add(state.name());
                            }
                        },
                        "endures")) {
            queue.start();
            queue.received(new Notification("c", "thrown at"));
            log.awaitFailure();

            queue.gap("told");

            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("told");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
