package io.romancy.spi.notification;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The four channels of the engine, and what is said on them. */
public final class EngineChannels {
    /** An instance can run: it was started, woken by a message, released. */
    public static final NotificationChannel<WorkflowResumable> WORKFLOW_RESUMABLE =
            NotificationChannel.of("workflow_resumable", WorkflowResumable::encode, WorkflowResumable::decode);

    /** A timer was registered; whoever knows of no earlier one arms itself anew. */
    public static final NotificationChannel<TimerExpired> TIMER_EXPIRED =
            NotificationChannel.of("timer_expired", TimerExpired::encode, TimerExpired::decode);

    /** A message was published and waits for its dispatch. */
    public static final NotificationChannel<ChannelMessage> CHANNEL_MESSAGE =
            NotificationChannel.of("channel_message", ChannelMessage::encode, ChannelMessage::decode);

    /** An event was put in the outbox. */
    public static final NotificationChannel<OutboxPending> OUTBOX_PENDING =
            NotificationChannel.of("outbox_pending", OutboxPending::encode, OutboxPending::decode);

    /** All four, in the order in which they are documented. */
    public static final List<NotificationChannel<?>> ALL =
            List.of(WORKFLOW_RESUMABLE, TIMER_EXPIRED, CHANNEL_MESSAGE, OUTBOX_PENDING);

    private EngineChannels() {}

    /** Names and values in turn. Payloads look the same everywhere, and {@code Map.of} has another order in each process. */
    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /** Payload of {@link #WORKFLOW_RESUMABLE}. */
    public record WorkflowResumable(String instanceId, String workflowName) {
        private String encode() {
            return FlatJson.write(ordered("instance_id", instanceId, "workflow_name", workflowName));
        }

        private static WorkflowResumable decode(String text) {
            var fields = FlatJson.read(text);
            return new WorkflowResumable(fields.text("instance_id"), fields.text("workflow_name"));
        }
    }

    /** Payload of {@link #TIMER_EXPIRED}. */
    public record TimerExpired(String instanceId, String timerId, Instant expiresAt) {
        private String encode() {
            return FlatJson.write(
                    ordered("instance_id", instanceId, "timer_id", timerId, "expires_at", expiresAt.toString()));
        }

        private static TimerExpired decode(String text) {
            var fields = FlatJson.read(text);
            return new TimerExpired(
                    fields.text("instance_id"), fields.text("timer_id"), Instant.parse(fields.text("expires_at")));
        }
    }

    /** Payload of {@link #CHANNEL_MESSAGE}; the target is null for a topic. */
    public record ChannelMessage(
            String channelName, long messageId, @Nullable String targetInstanceId) {
        private String encode() {
            Map<String, Object> fields = ordered("channel_name", channelName, "message_id", messageId);
            if (targetInstanceId != null) {
                fields.put("target_instance_id", targetInstanceId);
            }
            return FlatJson.write(fields);
        }

        private static ChannelMessage decode(String text) {
            var fields = FlatJson.read(text);
            return new ChannelMessage(
                    fields.text("channel_name"), fields.number("message_id"), fields.textOrNull("target_instance_id"));
        }
    }

    /** Payload of {@link #OUTBOX_PENDING}. */
    public record OutboxPending(String eventId) {
        private String encode() {
            return FlatJson.write(ordered("event_id", eventId));
        }

        private static OutboxPending decode(String text) {
            return new OutboxPending(FlatJson.read(text).text("event_id"));
        }
    }
}
