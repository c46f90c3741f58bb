package io.romancy.testkit.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What a simulation does to a system on purpose, when and to whom the seed says. */
public enum SimulatedFault {
    /** A worker dies: its threads stop for ever, and nothing is handed over. Another one starts some time later. */
    DEATH,
    /** A worker stands still, at times beyond its lease, and goes on without knowing. */
    PAUSE,
    /** A worker is closed in good order while others work, and another one starts. */
    RESTART,
    /** One more worker starts. */
    ARRIVAL,
    /** Notifications do not arrive. */
    LOST_NOTIFICATIONS,
    /** Notifications arrive late, and in another order. */
    LATE_NOTIFICATIONS,
    /** Notifications arrive twice. */
    DOUBLED_NOTIFICATIONS,
    /** The connection on which a worker listens is lost, and made again some time later. */
    DISCONNECT,
    /** Calls to the storage fail before they reach it. */
    LOST_CALLS,
    /** Calls to the storage take effect, and the answer is lost. */
    LOST_ANSWERS,
    /**
     * Commits, claims and records of what was published fail for the caller and take effect later all the same, as when a connection
     * breaks under a statement.
     */
    LATE_CALLS,
    /** The storage is slow. */
    SLOW_STORAGE;

    /** All of them. */
    public static Set<SimulatedFault> all() {
        return EnumSet.allOf(SimulatedFault.class);
    }
}
