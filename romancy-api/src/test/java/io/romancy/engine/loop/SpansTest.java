package io.romancy.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpansTest {
    @Test
    void keepsSpansWithinWhatCanBeAddedToAnyTime() {
        assertThat(Spans.nanos(Duration.ofMillis(3))).isEqualTo(3_000_000);
        assertThat(Spans.nanos(Duration.ofSeconds(-1))).isZero();
        assertThat(Spans.nanos(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
        assertThat(Spans.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isBetween(0L, Long.MAX_VALUE / 2);
    }

    @Test
    void writesSecondsAndMillisecondsShort() {
        assertThat(Spans.text(Duration.ofSeconds(30))).isEqualTo("30s");
        assertThat(Spans.text(Duration.ofMinutes(2))).isEqualTo("120s");
        assertThat(Spans.text(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(Spans.text(Duration.ZERO)).isEqualTo("0s");
    }
}
