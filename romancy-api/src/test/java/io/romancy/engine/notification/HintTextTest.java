package io.romancy.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.engine.seam.LogCapture;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.EngineChannels.WorkflowResumable;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HintTextTest {
    private static final NotificationChannel<String> TEXT = NotificationChannel.text("plain");

    private final HintText text = new HintText();

    @Test
    void writesWhatTheChannelWrites() {
        var hint = new WorkflowResumable("wf_1", "orders");
        assertThat(text.of(EngineChannels.WORKFLOW_RESUMABLE, hint, 0))
                .isEqualTo(EngineChannels.WORKFLOW_RESUMABLE.encode().apply(hint));
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(of("x".repeat(7_000))).hasSize(7_000);
        assertThat(of("x".repeat(7_001))).isEqualTo(Notification.SWEEP);
        assertThat(of("ü".repeat(3_500))).hasSize(3_500);
        assertThat(of("ü".repeat(3_501))).isEqualTo(Notification.SWEEP);
        assertThat(of("漢".repeat(2_333))).hasSize(2_333);
        assertThat(of("漢".repeat(2_334))).isEqualTo(Notification.SWEEP);
    }

    @Test
    void sweepsWhatADatabaseWouldRefuseOrChange() {
        assertThat(of("a\0b")).isEqualTo(Notification.SWEEP);
        assertThat(of("\ud83d")).isEqualTo(Notification.SWEEP);
        assertThat(of("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @Test
    @SuppressWarnings("NullAway") // an encoder without null checks
    void sweepsWhatCannotBeEncodedAndLogsItOnceAMinute() {
        try (var log = new LogCapture(HintText.class.getName())) {
            assertThat(encodedBy(payload -> {
                        throw new StackOverflowError("pretended");
                    }))
                    .isEqualTo(Notification.SWEEP);
            assertThat(encodedBy(payload -> {
                        throw new IllegalStateException("a bug");
                    }))
                    .isEqualTo(Notification.SWEEP);
            assertThat(encodedBy(payload -> null)).isEqualTo(Notification.SWEEP);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN A hint on 'odd' is sent without its payload: its encoder failed");
        }
    }

    private String of(String payload) {
        return text.of(TEXT, payload, 0);
    }

    private String encodedBy(Function<String, String> encode) {
        return text.of(NotificationChannel.of("odd", encode, Function.identity()), "payload", 0);
    }
}
