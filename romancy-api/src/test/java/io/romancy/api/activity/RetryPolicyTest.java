package io.romancy.api.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RandomGenerator RANDOM = new SplittableRandom(7);

    @Test
    void defaultsToFiveAttemptsWithDoublingPausesUpToAMinute() {
        var exact = RetryPolicy.defaults().jitter(0);

        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToObj(n -> exact.pauseAfter(n, RANDOM).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(exact.allowsAfter(4)).isTrue();
        assertThat(exact.allowsAfter(5)).isFalse();
        assertThat(RetryPolicy.defaults().jitter()).isEqualTo(0.2);
    }

    @Test
    void takesZeroAttemptsAsNoLimit() {
        assertThat(RetryPolicy.defaults().attempts(0).allowsAfter(Integer.MAX_VALUE))
                .isTrue();
        assertThat(RetryPolicy.none().allowsAfter(1)).isFalse();
    }

    @Test
    void neverPausesLongerThanItMayHoweverOftenItTried() {
        var policy = RetryPolicy.defaults().attempts(0);

        assertThat(policy.pauseAfter(Integer.MAX_VALUE, RANDOM)).isLessThanOrEqualTo(policy.maxDelay());
        assertThat(policy.delay(Duration.ZERO).pauseAfter(Integer.MAX_VALUE, RANDOM))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void keepsJitterWithinItsPartAndUsesAllOfIt() {
        var policy = RetryPolicy.defaults().delay(Duration.ofSeconds(10)).jitter(0.2);

        var pauses = IntStream.range(0, 1_000)
                .mapToObj(i -> policy.pauseAfter(1, RANDOM).toMillis())
                .toList();

        assertThat(pauses).allSatisfy(ms -> assertThat(ms).isBetween(8_000L, 12_000L));
        assertThat(pauses).anySatisfy(ms -> assertThat(ms).isLessThan(8_400));
        assertThat(pauses).anySatisfy(ms -> assertThat(ms).isGreaterThan(11_600));
    }

    @Test
    void isFinalForATypeItsSubtypesAndWhatTheyCaused() {
        var policy = RetryPolicy.defaults().noRetryFor(IOException.class).noRetryFor(IllegalStateException.class);

        assertThat(policy.isFinal(new IOException())).isTrue();
        assertThat(policy.isFinal(new java.io.FileNotFoundException())).isTrue();
        assertThat(policy.isFinal(new RuntimeException(new UncheckedIOException(new IOException()))))
                .isTrue();
        assertThat(policy.isFinal(new IllegalStateException())).isTrue();
        assertThat(policy.isFinal(new RuntimeException())).isFalse();
    }

    @Test
    void endsOnCausesThatGoInACircle() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(RetryPolicy.defaults().noRetryFor(IOException.class).isFinal(first))
                .isFalse();
    }

    @Test
    void letsTheLongestPauseGrowWithTheFirstOne() {
        assertThat(RetryPolicy.defaults().delay(Duration.ofMinutes(5)).maxDelay())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void refusesWhatCannotBeMeant() {
        var policy = RetryPolicy.defaults();
        assertRefused(() -> policy.attempts(-1), "attempts -1");
        assertRefused(() -> policy.delay(Duration.ofMillis(-1)), "delay PT-0.001S");
        assertRefused(() -> policy.multiplier(0.5), "multiplier 0.5");
        assertRefused(() -> policy.multiplier(Double.NaN), "multiplier NaN");
        assertRefused(() -> policy.jitter(1.5), "jitter 1.5");
        assertRefused(() -> policy.jitter(Double.NaN), "jitter NaN");
        assertRefused(() -> policy.maxDelay(Duration.ofMillis(1)), "maxDelay PT0.001S");
        assertRefused(() -> policy.maxDuration(Duration.ofDays(100_000)), "maxDuration");
    }

    private static void assertRefused(Runnable call, String named) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(named);
    }
}
