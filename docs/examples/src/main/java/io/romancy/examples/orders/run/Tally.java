package io.romancy.examples.orders.run;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowInfo;
import io.romancy.api.WorkflowQuery;
import io.romancy.spi.model.InstanceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Counts which orders are known and which have ended, mostly by looking only at what is new. */
final class Tally {
    static final WorkflowQuery ORDERS = WorkflowQuery.all().workflow("order_processing");

    /** Ends are not visible in the order of their times: look again at the last ones, and now and then at all. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final int ALL_EVERY = 20;

    private final Romancy romancy;
    private final Set<String> known = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> stuck = new HashSet<>();
    private Instant latestEnd = Instant.EPOCH;
    private int looks;

    Tally(Romancy romancy) {
        this.romancy = romancy;
    }

    void look() {
        if (++looks % ALL_EVERY == 0) {
            lookAtAll();
            return;
        }
        var recent = ORDERS.status(InstanceStatus.COMPLETED, InstanceStatus.FAILED, InstanceStatus.CANCELLED)
                .endedAfter(latestEnd.equals(Instant.EPOCH) ? latestEnd : latestEnd.minus(OVERLAP));
        try (var found = romancy.list(recent)) {
            found.forEach(this::note);
        }
    }

    void lookAtAll() {
        stuck.clear();
        try (var found = romancy.list(ORDERS)) {
            found.forEach(this::note);
        }
    }

    boolean isKnown(String id) {
        return known.contains(id);
    }

    int ended() {
        return ended.size();
    }

    /** How many need a person, and will not end by themselves. */
    int stuck() {
        return stuck.size();
    }

    private void note(WorkflowInfo order) {
        known.add(order.id());
        if (order.status() == InstanceStatus.STUCK) {
            stuck.add(order.id());
        }
        var end = order.endedAt();
        if (end != null) {
            ended.add(order.id());
            latestEnd = end.isAfter(latestEnd) ? end : latestEnd;
        }
    }
}
