package io.romancy.testkit.thirdparty;

import io.romancy.spi.Relapse;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Claim;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An instance with its history and its mailbox. */
final class Run {
    final long number;
    final NewInstance start;
    final Instant startedAt;
    final TreeMap<Integer, StepRecord> steps = new TreeMap<>();
    /** Messages by the number of their delivery. */
    final TreeMap<Long, Message> mailbox = new TreeMap<>();

    InstanceStatus status = InstanceStatus.READY;
    Set<ChannelName> waitsFor = Set.of();
    long waitsSince;
    long fence;
    int lost;
    int lostAt;
    long wake;

    @Nullable
    NodeId owner;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant endedAt;

    @Nullable
    String cancelReason;

    @Nullable
    String retryKey;

    @Nullable
    Payload outcome;

    Run(long number, NewInstance start, Instant startedAt) {
        this.number = number;
        this.start = start;
        this.startedAt = startedAt;
    }

    Run copy() {
        var copy = new Run(number, start, startedAt);
        copy.steps.putAll(steps);
        copy.mailbox.putAll(mailbox);
        copy.status = status;
        copy.waitsFor = waitsFor;
        copy.waitsSince = waitsSince;
        copy.fence = fence;
        copy.lost = lost;
        copy.lostAt = lostAt;
        copy.wake = wake;
        copy.owner = owner;
        copy.dueAt = dueAt;
        copy.endedAt = endedAt;
        copy.cancelReason = cancelReason;
        copy.retryKey = retryKey;
        copy.outcome = outcome;
        return copy;
    }

    boolean isHeldAt(long fenceOfClaim) {
        return status == InstanceStatus.RUNNING && fence == fenceOfClaim;
    }

    boolean waitsOn(ChannelName channel) {
        return status == InstanceStatus.WAITING && waitsFor.contains(channel);
    }

    boolean isDue(Instant now) {
        return dueAt != null && !dueAt.isAfter(now);
    }

    Claim claim() {
        return new Claim(number, start.id(), fence, wake);
    }

    /** The only way into RUNNING. */
    void claim(NodeId node) {
        become(InstanceStatus.RUNNING, null);
        owner = node;
        fence++;
    }

    void ready(Instant now) {
        become(InstanceStatus.READY, now);
    }

    void takeAway(Instant now) {
        fence++;
        ready(now);
    }

    /** Says how often in a row that happened, with the same last record. */
    int takeOver(Instant now) {
        int last = steps.isEmpty() ? -1 : steps.lastKey();
        lost = lost > 0 && lostAt == last ? lost + 1 : 1;
        lostAt = last;
        takeAway(now);
        if (Relapse.is(lost)) {
            become(InstanceStatus.WAITING, now.plus(Relapse.pauseAfter(lost)));
        }
        return lost;
    }

    /** Another state, in which nobody owns it and it waits for nothing. */
    void become(InstanceStatus next, @Nullable Instant due) {
        status = next;
        dueAt = due;
        owner = null;
        waitsFor = Set.of();
        outcome = null;
        endedAt = null;
    }

    int lastKind() {
        return steps.isEmpty() ? 0 : steps.lastEntry().getValue().kind();
    }

    InstanceInfo info() {
        return new InstanceInfo(
                start.id(),
                number,
                start.route(),
                status,
                cancelReason,
                startedAt,
                dueAt,
                endedAt,
                waitsFor,
                owner,
                lastKind());
    }
}
