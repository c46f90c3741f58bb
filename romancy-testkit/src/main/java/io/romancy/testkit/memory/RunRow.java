package io.romancy.testkit.memory;

import io.romancy.spi.Portion;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of an instance with all that belongs to it. Status and due time are changed by {@link Runs} only, which keeps the index. */
final class RunRow {
    final long number;
    final NewInstance start;
    final Instant startedAt;
    final TreeMap<Integer, StepRecord> steps = new TreeMap<>();
    final TreeMap<Long, MessageRow> mailbox = new TreeMap<>();

    InstanceStatus status = InstanceStatus.READY;

    @Nullable
    Instant dueAt;

    @Nullable
    NodeId owner;

    /** Whether a transaction that is still open has recorded a step: as a row that is locked, nobody can take it away. */
    boolean joined;

    long fence;

    /** How often in a row it was taken from a worker whose lease ended, and the position of its last record then. */
    int lost;

    int lostAt;
    long wake;

    @Nullable
    String cancelReason;

    /** The key of the last retry that was accepted. */
    @Nullable
    String retryKey;

    Set<ChannelName> waits = Set.of();
    long waitingSince;

    @Nullable
    Payload outcome;

    @Nullable
    Instant endedAt;

    RunRow(long number, NewInstance start, Instant startedAt) {
        this.number = number;
        this.start = start;
        this.startedAt = startedAt;
    }

    String id() {
        return start.id();
    }

    boolean isHeldAt(long claimedFence) {
        return status == InstanceStatus.RUNNING && fence == claimedFence;
    }

    boolean waitsFor(ChannelName channel) {
        return status == InstanceStatus.WAITING && waits.contains(channel);
    }

    Claim claim() {
        return new Claim(number, id(), fence, wake);
    }

    /** What lies in the mailbox from these channels (all, if none is named), in order, as far as it fits. */
    List<DeliveredMessage> mailbox(Set<ChannelName> channels, Portion portion) {
        return mailbox.entrySet().stream()
                .filter(e -> channels.isEmpty()
                        || channels.contains(e.getValue().content.channel()))
                .map(e -> e.getValue().delivered(e.getKey()))
                .takeWhile(message -> portion.takes(message.bytes()))
                .toList();
    }

    /** The records from this position on, as far as they fit. */
    List<StepRecord> history(int fromPosition, Portion portion) {
        return steps.tailMap(fromPosition, true).values().stream()
                .takeWhile(step -> portion.takes(step.bytes()))
                .toList();
    }

    InstanceInfo info() {
        return new InstanceInfo(
                id(), number, start.route(), status, cancelReason, startedAt, dueAt, endedAt, waits, owner, lastKind());
    }

    /** The kind of the last record; 0 if there is none. */
    int lastKind() {
        return steps.isEmpty() ? 0 : steps.lastEntry().getValue().kind();
    }

    Outcome outcome() {
        return new Outcome(id(), status, outcome);
    }
}
