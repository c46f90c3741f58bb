package io.romancy.testkit.memory;

import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.NodeId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a database holds. Touched only by who holds the database's lock, so whatever is done here is atomic. */
final class Tables {
    final DatabaseClock clock;
    final Runs runs = new Runs();
    final Mail mail = new Mail();
    final EventTables outbox = new EventTables();
    final Map<NodeId, NodeRow> nodes = new LinkedHashMap<>();
    private long lastSeq;

    Tables(InstantSource clock) {
        this.clock = new DatabaseClock(clock);
    }

    long nextSeq() {
        return ++lastSeq;
    }

    boolean lives(@Nullable NodeId id) {
        NodeRow node = id == null ? null : nodes.get(id);
        return node != null && node.leaseUntil().isAfter(clock.unmoved());
    }

    /**
     * Asks a live run to cancel: the first reason stays, and a run that waits or is stuck becomes ready, which is what is returned. One
     * that was asked before is left in peace, unless it is stuck.
     */
    boolean cancel(RunRow run, String reason) {
        boolean stuck = run.status == InstanceStatus.STUCK;
        boolean first = run.cancelReason == null;
        if (!first && !stuck) {
            return false;
        }
        run.cancelReason = first ? reason : run.cancelReason;
        run.wake++;
        if (run.status != InstanceStatus.WAITING && !stuck) {
            return false;
        }
        runs.ready(run, clock.now());
        return true;
    }
}
