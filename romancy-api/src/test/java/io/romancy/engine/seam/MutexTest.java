package io.romancy.engine.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MutexTest {
    private static final int THREADS = 8;
    private static final int TIMES = 2_000;

    private final Mutex mutex = new Mutex(new SystemEnvironment());

    @Test
    void letsOneThreadInAtATimeAndLosesNone() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        int[] count = new int[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int time = 0; time < TIMES; time++) {
                    mutex.alone(() -> {
                        together.addAndGet(inside.getAndIncrement());
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        return count[0]++;
                    });
                }
            }));
        }

        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(together).hasValue(0);
        assertThat(count[0]).isEqualTo(THREADS * TIMES);
    }

    @Test
    void isFreeAgainAfterAFailure() {
        assertThatThrownBy(() -> mutex.alone(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(mutex.alone(() -> "inside")).isEqualTo("inside");
    }
}
