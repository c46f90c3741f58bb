package io.romancy.spi;

import io.romancy.spi.model.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * Leases. One row for each engine, renewed while it lives; runs point at it. Times are the database's, unmoved by tests.
 */
public interface NodeStore {
    /** Makes the node known and alive for this long. */
    void join(NodeId node, String label, Duration lease);

    /** Prolongs the lease to this long from now, unless it has ended: then the node is lost for good, and says so. */
    Renewal renew(NodeId node, Duration lease);

    /** Ends the lease; what the node still owns becomes ready for others at once. */
    void leave(NodeId node);

    /**
     * Makes runs ready whose owner has no living lease, with the fence raised, and forgets nodes that ended. Never waits for a lock.
     * Several workers may do it at the same time.
     *
     * <p>Counts how often in a row a run was taken so while its last record was the same one. After a {@link Relapse} it is not ready, but
     * waits until its pause is over: for no message, so that only a cancellation ends the pause.
     */
    Reaped reap(int limit);

    /** What the database thinks that this node owns, by number of the run, from the one after {@code afterRun} on. */
    List<OwnedRun> owned(NodeId node, long afterRun, int limit);
}
