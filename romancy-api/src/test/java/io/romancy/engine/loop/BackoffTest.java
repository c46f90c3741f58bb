package io.romancy.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final long FIRST = 100;
    private static final long CAP = 3_000;

    @Test
    void doublesUpToItsCapAndStaysBetweenHalfAndAllOfThat() {
        for (long seed = 0; seed < 200; seed++) {
            var backoff = new Backoff(new Random(seed), FIRST, CAP);
            long nominal = FIRST;
            for (int failure = 1; failure <= 80; failure++) {
                assertThat(backoff.failed()).as("failure %s", failure).isBetween(nominal / 2, nominal);
                assertThat(backoff.failures()).isEqualTo(failure);
                nominal = Math.min(2 * nominal, CAP);
            }
        }
    }

    @Test
    void spreadsWorkersThatFailTogether() {
        var random = new Random(7);
        assertThat(IntStream.range(0, 50)
                        .mapToLong(worker -> new Backoff(random, 100_000_000, 1_000_000_000).failed())
                        .distinct()
                        .count())
                .isGreaterThan(45);
    }

    @Test
    void beginsAnewAfterASuccess() {
        var backoff = new Backoff(new Random(1), FIRST, CAP);
        for (int i = 0; i < 10; i++) {
            backoff.failed();
        }
        backoff.reset();
        assertThat(backoff.failures()).isZero();
        assertThat(backoff.failed()).isBetween(FIRST / 2, FIRST);
    }

    @Test
    void neverExceedsACapBelowItsFirstWait() {
        assertThat(new Backoff(new Random(1), 100, 40).failed()).isBetween(20L, 40L);
    }
}
