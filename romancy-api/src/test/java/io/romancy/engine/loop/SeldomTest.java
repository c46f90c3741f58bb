package io.romancy.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeldomTest {
    @Test
    void letsTheFirstThroughAndThenOneAMinuteAndCountsTheRest() {
        long start = Long.MAX_VALUE - 5;
        var seldom = new Seldom();
        assertThat(seldom.now(start)).isTrue();
        for (int i = 1; i <= 10; i++) {
            assertThat(seldom.now(start + i)).isFalse();
        }
        assertThat(seldom.now(start + Seldom.MINUTE - 1)).isFalse();
        assertThat(seldom.now(start + Seldom.MINUTE)).isTrue();
        assertThat(seldom.heldBack()).isEqualTo(" (11 more since the last time)");
        assertThat(seldom.heldBack()).isEmpty();
    }
}
