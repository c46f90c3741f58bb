package io.romancy.engine.outbox;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxOutcome;

/** What became of an event, not yet recorded. */
record Settled(NodeId node, OutboxOutcome outcome) {}
