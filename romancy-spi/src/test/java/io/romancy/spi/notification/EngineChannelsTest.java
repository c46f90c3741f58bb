package io.romancy.spi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.notification.EngineChannels.ChannelMessage;
import io.romancy.spi.notification.EngineChannels.OutboxPending;
import io.romancy.spi.notification.EngineChannels.TimerExpired;
import io.romancy.spi.notification.EngineChannels.WorkflowResumable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads on the wire, letter by letter: workers of other versions read them. */
class EngineChannelsTest {

    @Test
    void aResumableWorkflowIsNamedWithItsInstance() {
        assertWire(
                EngineChannels.WORKFLOW_RESUMABLE,
                new WorkflowResumable("wf_abc123", "order_processing"),
                "{\"instance_id\":\"wf_abc123\",\"workflow_name\":\"order_processing\"}");
    }

    @Test
    void aTimerIsNamedWithTheTimeOfItsEnd() {
        assertWire(
                EngineChannels.TIMER_EXPIRED,
                new TimerExpired("wf_abc123", "timer:sleep_1", Instant.parse("2025-01-15T10:30:00Z")),
                "{\"instance_id\":\"wf_abc123\",\"timer_id\":\"timer:sleep_1\",\"expires_at\":\"2025-01-15T10:30:00Z\"}");
    }

    @Test
    void aDirectMessageNamesItsTarget() {
        assertWire(
                EngineChannels.CHANNEL_MESSAGE,
                new ChannelMessage("orders", 42, "wf_abc123"),
                "{\"channel_name\":\"orders\",\"message_id\":42,\"target_instance_id\":\"wf_abc123\"}");
    }

    @Test
    void aMessageOfATopicNamesNoTarget() {
        assertWire(
                EngineChannels.CHANNEL_MESSAGE,
                new ChannelMessage("orders", 42, null),
                "{\"channel_name\":\"orders\",\"message_id\":42}");
    }

    @Test
    void anEventOfTheOutboxIsNamed() {
        assertWire(EngineChannels.OUTBOX_PENDING, new OutboxPending("evt_123"), "{\"event_id\":\"evt_123\"}");
    }

    @Test
    void theChannelsHaveTheNamesThatAreDocumented() {
        assertThat(EngineChannels.ALL)
                .extracting(NotificationChannel::name)
                .containsExactly("workflow_resumable", "timer_expired", "channel_message", "outbox_pending");
    }

    @Test
    void fieldsThatALaterVersionAddsAreIgnored() {
        assertThat(EngineChannels.OUTBOX_PENDING
                        .decode()
                        .apply("{\"v\":2,\"event_id\":\"evt_123\",\"keys\":[\"a\"],\"more\":{\"x\":1}}"))
                .isEqualTo(new OutboxPending("evt_123"));
    }

    @Test
    void theLongestIdsStayFarBelowWhatPostgresMoves() {
        String longest = "\u0001".repeat(255); // each of them takes six characters

        assertThat(EngineChannels.WORKFLOW_RESUMABLE.encode().apply(new WorkflowResumable(longest, longest)))
                .hasSizeLessThan(8000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Notification.SWEEP,
                "",
                "garbage",
                "{\"instance_id\":42,\"workflow_name\":\"x\"}",
                "{\"instance_id\":\"x\"}",
                "{\"channel_name\":\"x\",\"message_id\":\"42\"}"
            })
    void aPayloadThatCannotBeReadIsRefused(String payload) {
        for (NotificationChannel<?> channel : EngineChannels.ALL) {
            assertThatThrownBy(() -> channel.decode().apply(payload))
                    .as("%s on %s", payload, channel)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> EngineChannels.TIMER_EXPIRED
                        .decode()
                        .apply("{\"instance_id\":\"a\",\"timer_id\":\"b\",\"expires_at\":\"tomorrow\"}"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("tomorrow");
    }

    @Test
    void aSweepSaysNothingInParticular() {
        assertThat(Notification.sweep("romancy_x")).isEqualTo(new Notification("romancy_x", "{}"));
        assertThat(Notification.sweep("romancy_x").isSweep()).isTrue();
        assertThat(new Notification("romancy_x", "{\"event_id\":\"1\"}").isSweep())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "price_changed", "a1234567890123456789012345678901234567_9"})
    void aChannelsNameIsAnIdentifierEverywhere(String name) {
        assertThat(NotificationChannel.text(name).name()).isEqualTo(name);
        assertThat(NotificationChannel.text(name).decode().apply("as it is")).isEqualTo("as it is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "1a", "_a", "a-b", "a b", "a\"b", "\u00e4", "a1234567890123456789012345678901234567890"})
    void aChannelsNameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotificationChannel.text(name))
                .withMessageContaining(name);
    }

    @Test
    void twoChannelsOfOneNameAreOne() {
        var one = NotificationChannel.of("same", Object::toString, Integer::valueOf);

        assertThat(one).isEqualTo(NotificationChannel.text("same")).hasSameHashCodeAs(NotificationChannel.text("same"));
        assertThat(one).isNotEqualTo(NotificationChannel.text("other")).hasToString("same");
    }

    private static <P> void assertWire(NotificationChannel<P> channel, P payload, String wire) {
        assertThat(channel.encode().apply(payload)).isEqualTo(wire);
        assertThat(channel.decode().apply(wire)).isEqualTo(payload);
    }
}
