package io.romancy.engine.outbox;

import io.romancy.spi.model.NodeId;
import java.time.Duration;

/** The lease under which lanes are held. Both are asked at any time, by any thread. */
public interface RelayLease {
    /** Who holds them; another one after the lease was lost. */
    NodeId node();

    /** How long the lease is sure to last; negative if that is over. */
    Duration margin();
}
