package io.romancy.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrosTest {
    @Test
    void keepsMicrosecondsBeforeAndAfterTheEpoch() {
        for (var text :
                new String[] {"2025-01-15T10:30:00.123456Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z"}) {
            Instant time = Instant.parse(text);
            assertThat(Micros.instant(Micros.of(time))).isEqualTo(time);
        }
        assertThat(Micros.of(Duration.ofMillis(-5))).isEqualTo(-5000);
    }

    @Test
    void takesWhatIsTooFarForTheEndOfTime() {
        assertThat(Micros.of(Instant.MAX)).isEqualTo(Micros.END);
        assertThat(Micros.of(Instant.MIN)).isEqualTo(-Micros.END);
        assertThat(Micros.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Micros.END);
        assertThat(Micros.of(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-Micros.END);
    }

    @Test
    void canAddTheLongestSpanToTheLastTime() {
        assertThat(Micros.of(Instant.MAX) + Micros.of(Duration.ofSeconds(Long.MAX_VALUE)))
                .isPositive();
    }
}
