package io.romancy.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
    private final Pace pace = new Pace();
    private long now = -5;

    @Test
    void slowsDownFruitlessPollsThatFollowEachOtherToAHundredASecond() {
        for (int i = 0; i < Pace.FREE; i++) {
            assertThat(fruitless()).isZero();
        }
        long before = 0;
        for (int i = 0; i < 5; i++) {
            long pause = fruitless();
            assertThat(pause).isGreaterThan(before);
            before = pause;
        }
        for (int i = 0; i < 1_000; i++) {
            now += pauseAfter(0);
        }
        assertThat(pauseAfter(0)).isEqualTo(Pace.LONGEST_PAUSE);
    }

    @Test
    void neverDelaysAfterAPollThatFoundSomething() {
        for (int i = 0; i < 50; i++) {
            fruitless();
        }
        assertThat(pauseAfter(1)).isZero();
        assertThat(fruitless()).isZero();
    }

    @Test
    void neverDelaysAfterARest() {
        for (int i = 0; i < 50; i++) {
            fruitless();
        }
        now += 2 * Pace.LONGEST_PAUSE;
        assertThat(fruitless()).isZero();
    }

    private long fruitless() {
        return pauseAfter(0);
    }

    private long pauseAfter(int found) {
        long started = now;
        now += 1_000;
        return pace.ended(started, now, found);
    }
}
