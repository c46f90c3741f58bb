package io.romancy.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lanes that a locked run has stopped, of one half. They are remembered, so that the others do not wait for them in every dispatch, and an
 * operator hears of those that stay so. Thread-safe.
 */
final class StuckLanes {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** Each try waits for a lock, and everybody else's messages for the end of the tries. */
    private static final int TRIED_AT_ONCE = 4;

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String whoHoldsThem;
    private final Set<Integer> stuck = new LinkedHashSet<>(); // whichever was tried longest ago is the first
    private boolean said;
    private long saidAt;

    StuckLanes(Schema schema) {
        whoHoldsThem = schema.sql("SELECT r.id, a.pid, a.state, a.xact_start FROM {run} r"
                + " JOIN pg_stat_activity a ON a.backend_xid = r.xmax");
    }

    synchronized boolean isEmpty() {
        return stuck.isEmpty();
    }

    synchronized boolean contains(int lane) {
        return stuck.contains(lane);
    }

    /** Of the lanes that have messages, the ones to try now: all that are free, and then some of the others. */
    synchronized List<Integer> toTry(List<Integer> busy) {
        stuck.retainAll(busy);
        List<Integer> lanes = new ArrayList<>(busy);
        lanes.removeAll(stuck);
        stuck.stream().limit(TRIED_AT_ONCE).forEach(lanes::add);
        return lanes;
    }

    /** It was tried, and a lock was in the way. Once may be bad luck; a line for the second time, and at most one a minute. */
    synchronized void stopped(int lane) {
        boolean again = stuck.remove(lane);
        stuck.add(lane);
        long now = System.nanoTime();
        if (again && (!said || now - saidAt >= QUIET_NANOS)) {
            said = true;
            saidAt = now;
            LOG.warn(
                    "Messages wait on {} of {} lanes, because an instance that they are for stays locked by a transaction that is open;"
                            + " those of other lanes go on. Who holds it: {}",
                    stuck.size(),
                    Lanes.COUNT,
                    whoHoldsThem);
        }
    }

    synchronized void passed(int lane) {
        stuck.remove(lane);
    }
}
