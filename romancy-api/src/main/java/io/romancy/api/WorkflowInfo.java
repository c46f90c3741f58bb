package io.romancy.api;

import io.romancy.spi.model.InstanceStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of an instance from outside, without its data. Times are the database's.
 *
 * @param workflow its durable name
 * @param cancelReason why its cancellation was asked for; null if it was not
 * @param dueAt when it can run by itself (ready: since when; waiting: its earliest timer); null if only a message helps
 * @param endedAt null while it goes on
 * @param waitsFor the channels on which a waiting instance wakes, {@code m:name} for a mailbox and {@code t:name} for a topic
 * @param node the engine that runs it now; null if none does
 * @param compensation how far it is with undoing what it did
 */
public record WorkflowInfo(
        String id,
        String workflow,
        int version,
        InstanceStatus status,
        @Nullable String cancelReason,
        Instant startedAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        Set<String> waitsFor,
        @Nullable String node,
        Compensation compensation) {
    public WorkflowInfo {
        waitsFor = Set.copyOf(waitsFor);
    }
}
