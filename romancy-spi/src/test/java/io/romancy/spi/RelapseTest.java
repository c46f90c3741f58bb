package io.romancy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelapseTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 10", "4, 20", "8, 320", "9, 600", "10, 600", "1000, 600", "2147483647, 600"
    })
    void aPauseDoublesUntilItIsTenMinutes(int times, long seconds) {
        assertThat(Relapse.pauseAfter(times)).hasSeconds(seconds);
    }

    @Test
    void aRelapseCarriesThePauseOfItsNumber() {
        assertThat(Reaped.of(Map.of("order-1", 4, "order-2", 2)))
                .isEqualTo(new Reaped(2, List.of(new Relapse("order-1", 4, Duration.ofSeconds(20)))));
    }
}
