package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener's times as storage properties. */
class TimingPropertiesTest {
    @Test
    void areTheUsualOnesUnlessSet() {
        assertThat(timing(Map.of())).isEqualTo(ListenTiming.withMaxDelay(Duration.ofSeconds(7)));
        assertThat(timing(Map.of(TimingProperties.ECHO_INTERVAL, " PT0.5S ")).echoInterval())
                .isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5s", "PT0S", "-PT1S", "PT0.001S", "P2D", "soon"})
    void refuseWhatIsNoSensibleDuration(String text) {
        assertRefused(Map.of(TimingProperties.HEARTBEAT, text), TimingProperties.HEARTBEAT);
    }

    @Test
    void refuseAStallThatWouldCutAListenerWhichWaitsForAnAnswer() {
        assertRefused(Map.of(TimingProperties.STALL, "PT3S"), TimingProperties.STALL);
    }

    private static void assertRefused(Map<String, String> properties, String named) {
        assertThatThrownBy(() -> timing(properties)).isInstanceOfSatisfying(RomancyException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION);
            assertThat(e).hasMessageContaining(named);
        });
    }

    private static ListenTiming timing(Map<String, String> properties) {
        return ListenTiming.of(new StorageSettings(
                "jdbc:postgresql:x",
                null,
                null,
                null,
                true,
                ListenNotify.AUTO,
                null,
                Duration.ofSeconds(7),
                10,
                properties));
    }
}
