package io.romancy.api;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.notification.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is doing at one moment.
 *
 * @param workerName its label
 * @param node its identity; null for one that only is a client
 * @param storage product, version and masked URL of the database
 * @param notifications the state of the source of notifications; null where there is none, so that there is only polling
 * @param notificationsDetail what the source last said about it, such as the error
 * @param running workflows that run here now
 * @param parked workflows that wait here with their thread in memory
 * @param leaseHeld whether its lease stands: without it the engine starts no step. True for a client
 */
public record EngineStatus(
        Phase phase,
        String workerName,
        @Nullable NodeId node,
        String storage,
        @Nullable SourceState notifications,
        @Nullable String notificationsDetail,
        int running,
        int parked,
        boolean leaseHeld) {
    /** Where an engine stands between its opening and its end. */
    public enum Phase {
        /** Takes calls and, unless it only is a client, work. */
        OPEN,
        /** Takes no new work, and hands over what it has, or has done so; calls are served. */
        CLOSING,
        /** Refuses everything. */
        CLOSED
    }
}
