package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.SystemEnvironment;
import io.romancy.spi.poll.PollResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Makes work, wakes the poller and waits until it was seen, over and over. The poller's interval is an hour: one lost wake, and a round
 * never ends.
 */
final class LostWakeStressTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final AtomicLong made = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final Semaphore looked = new Semaphore(0);
    private final AtomicReference<@Nullable Thread> pollingThread = new AtomicReference<>();

    @Test
    void noWakeIsLostInAHundredThousandRounds() throws Exception {
        try (var loops = loops()) {
            loops.start();
            rounds(loops, 100_000);
        }
    }

    @Test
    void noWakeIsLostWhileTheLoopIsInterruptedAllTheTime() throws Exception {
        var over = new AtomicBoolean();
        try (var loops = loops()) {
            loops.start();
            var interrupter = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    Thread polling = pollingThread.get();
                    if (polling != null) {
                        polling.interrupt();
                    }
                    LockSupport.parkNanos(20_000);
                }
            });
            try {
                rounds(loops, 20_000);
            } finally {
                over.set(true);
                interrupter.join();
            }
        }
    }

    @Test
    void noWakeIsLostAmongThoseOfManyThreads() throws Exception {
        int perThread = 50_000;
        try (var loops = loops()) {
            loops.start();
            List<Thread> makers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                makers.add(Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < perThread; n++) {
                        made.incrementAndGet();
                        loops.poller("work");
                    }
                }));
            }
            for (Thread maker : makers) {
                maker.join();
            }
            awaitSeen(4L * perThread);
        }
    }

    private void rounds(PollLoops loops, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            long mine = made.incrementAndGet();
            loops.poller("work");
            awaitSeen(mine);
        }
    }

    private void awaitSeen(long number) throws InterruptedException {
        while (seen.get() < number) {
            assertThat(looked.tryAcquire(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s was seen at last, %s was made and its wake was lost", seen, number)
                    .isTrue();
            looked.drainPermits();
        }
    }

    private PollLoops loops() {
        var poller = PollLoopsThreadsTest.poller("work", context -> {
            pollingThread.set(Thread.currentThread());
            long now = made.get();
            long news = now - seen.get();
            seen.set(now);
            looked.release();
            return PollResult.found((int) Math.max(1, news));
        });
        return new PollLoops(
                new SystemEnvironment(), List.of(poller), Duration.ofHours(2), Duration.ofSeconds(5), event -> {});
    }
}
