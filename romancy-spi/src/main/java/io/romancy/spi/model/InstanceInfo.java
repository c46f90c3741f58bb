package io.romancy.spi.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of an instance from outside, without its data.
 *
 * @param run orders instances by start; the cursor of listings
 * @param cancelReason why its cancellation was asked for; null if it was not
 * @param dueAt when it can run by itself (ready: since when; waiting: its earliest timer); null if only a message helps
 * @param waitsFor the channels on which a waiting instance wakes
 * @param owner who runs it now
 * @param lastKind the kind of its last record, which says whether it undoes or has undone what it did; 0 if it has none
 */
public record InstanceInfo(
        String id,
        long run,
        Route route,
        InstanceStatus status,
        @Nullable String cancelReason,
        Instant startedAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        Set<ChannelName> waitsFor,
        @Nullable NodeId owner,
        int lastKind) {
    public InstanceInfo {
        waitsFor = Set.copyOf(waitsFor);
    }
}
