package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.Latches;
import io.romancy.engine.seam.LogCapture;
import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PollLoopsThreadsTest {
    private final SystemEnvironment environment = new SystemEnvironment();
    private final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();

    @Test
    void aPollerThatBlocksDelaysNoOther() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        BlockingQueue<PollReason> looked = new LinkedBlockingQueue<>();
        var blocking = poller("blocking", context -> {
            entered.countDown();
            release.await();
            return PollResult.nothing();
        });
        var other = poller("other", context -> {
            looked.add(context.reason());
            return PollResult.found(1);
        });
        try (var loops = loops(blocking, other)) {
            loops.start();
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(PollReason.START);
            for (int i = 0; i < 100; i++) {
                loops.poller("other");
                assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(PollReason.WAKE);
            }
            release.countDown();
        }
    }

    @Test
    void aPollerThatThrowsErrorsLooksAgain() throws Exception {
        BlockingQueue<PollReason> looked = new LinkedBlockingQueue<>();
        var broken = poller("broken", context -> {
            looked.add(context.reason());
            throw new StackOverflowError("pretended");
        });
        try (var loops = loops(broken)) {
            loops.start();
            assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(PollReason.START);
            assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(PollReason.RETRY);
            assertThat(looked.poll(30, TimeUnit.SECONDS)).isEqualTo(PollReason.RETRY);
        }
    }

    @Test
    void neverPollsByTwoThreadsAtOnce() throws Exception {
        var inside = new AtomicBoolean();
        var overlapped = new AtomicBoolean();
        BlockingQueue<Boolean> looked = new LinkedBlockingQueue<>();
        var single = poller("single", context -> {
            overlapped.compareAndSet(false, !inside.compareAndSet(false, true));
            looked.add(true);
            Thread.onSpinWait();
            inside.set(false);
            return PollResult.found(1);
        });
        try (var loops = loops(single)) {
            loops.start();
            for (int i = 0; i < 2_000; i++) {
                loops.poller("single");
                loops.gap();
            }
            assertThat(looked.poll(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(overlapped).isFalse();
    }

    @Test
    void closeLetsAPollThatIsUnderWayEnd() throws Exception {
        var polling = new Polling(true);
        try (var loops = loops(polling)) {
            loops.start();
            polling.entered.await();
            var closer = Thread.ofPlatform().start(() -> loops.close(Duration.ofSeconds(60)));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (closer.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(100_000);
            }
            polling.release.countDown();
            assertThat(closer.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(polling.interruptedAt).isNull();
        assertThat(events).hasAtLeastOneElementOfType(EngineEvent.PollFinished.class);
    }

    @Test
    void closeInterruptsAPollOnlyAfterItsBound() throws Exception {
        var polling = new Polling(true);
        var loops = loops(polling);
        loops.start();
        polling.entered.await();
        var bound = Duration.ofMillis(200);
        long start = System.nanoTime();
        loops.close(bound);
        assertThat(polling.ended.await(30, TimeUnit.SECONDS)).isTrue();
        Long interruptedAt = polling.interruptedAt;
        assertThat(interruptedAt).isNotNull();
        assertThat(Duration.ofNanos((interruptedAt == null ? 0 : interruptedAt) - start))
                .isGreaterThanOrEqualTo(bound);
    }

    @Test
    void closeReturnsThoughAPollDoesNotEndAndNothingIsReportedAfterwards() throws Exception {
        var polling = new Polling(false);
        var loops = loops(polling);
        loops.start();
        polling.entered.await();
        long start = System.nanoTime();
        try (var log = new LogCapture(PollLoops.class.getName())) {
            loops.close(Duration.ofMillis(50));
            assertThat(log.lines()).singleElement().asString().contains("WARN").contains("romancy-poll-polling");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        loops.poller("polling");
        polling.release.countDown();
        Thread thread = polling.thread.get();
        assertThat(thread != null && thread.join(Duration.ofSeconds(30))).isTrue();
        assertThat(events).isEmpty();
        assertThat(loops.stats().pollers().getFirst().polls()).isOne();
    }

    private PollLoops loops(Poller... pollers) {
        return new PollLoops(environment, List.of(pollers), Duration.ofHours(2), Duration.ofSeconds(5), events::add);
    }

    /** A poller whose interval is so long that only what wakes it makes it look. */
    static Poller poller(String name, Body body) {
        return new Poller() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration interval() {
                return Duration.ofHours(1);
            }

            @Override
            public PollResult poll(PollContext context) throws Exception {
                return body.poll(context);
            }
        };
    }

    @FunctionalInterface
    interface Body {
        PollResult poll(PollContext context) throws Exception;
    }

    /** Polls until it is released, or interrupted if it cares for that. */
    private static final class Polling implements Poller {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        final boolean interruptible;
        volatile @Nullable Long interruptedAt;

        Polling(boolean interruptible) {
            this.interruptible = interruptible;
        }

        @Override
        public String name() {
            return "polling";
        }

        @Override
        public Duration interval() {
            return Duration.ofHours(1);
        }

        @Override
        public PollResult poll(PollContext context) throws InterruptedException {
            thread.set(Thread.currentThread());
            entered.countDown();
            try {
                if (interruptible) {
                    release.await();
                } else {
                    Latches.uninterruptibly(release);
                }
            } catch (InterruptedException e) {
                interruptedAt = System.nanoTime();
                throw e;
            } finally {
                ended.countDown();
            }
            return PollResult.nothing();
        }
    }
}
