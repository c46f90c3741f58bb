package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(60);

    @Test
    void theLimitDoublesUpToTheMost() {
        for (int attempt = 0; attempt < 100; attempt++) {
            Duration limit = attempt < 10 ? FIRST.multipliedBy(1L << attempt) : MOST;
            assertThat(longestOf(attempt)).as("attempt %d", attempt).isBetween(limit.dividedBy(2), limit);
        }
    }

    @Test
    void aPauseIsAnyTimeUpToTheLimit() {
        var shortest = IntStream.range(0, 200)
                .mapToObj(seed -> afterAttempts(8, seed))
                .min(Duration::compareTo)
                .orElseThrow();

        assertThat(shortest).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void afterAResetItBeginsAnew() {
        var backoff = new Backoff(FIRST, MOST, new Random(1));
        IntStream.range(0, 20).forEach(i -> backoff.next());

        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void theLongestPauseIsTheMostButForATenthAndCountsForNothing() {
        for (int seed = 0; seed < 100; seed++) {
            var backoff = new Backoff(FIRST, MOST, new Random(seed));

            assertThat(backoff.longest()).isBetween(MOST.multipliedBy(9).dividedBy(10), MOST);
            assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
        }
    }

    private static Duration longestOf(int attempt) {
        return IntStream.range(0, 50)
                .mapToObj(seed -> afterAttempts(attempt, seed))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static Duration afterAttempts(int attempts, int seed) {
        var backoff = new Backoff(FIRST, MOST, new Random(seed));
        IntStream.range(0, attempts).forEach(i -> backoff.next());
        return backoff.next();
    }
}
