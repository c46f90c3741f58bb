package io.romancy.testkit.memory;

import io.romancy.spi.model.NodeId;
import java.time.Instant;

/** A worker, and until when it is taken to live. */
record NodeRow(NodeId id, String label, Instant leaseUntil) {}
