package io.romancy.engine.outbox;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxPublisher;

/** An event on its way, who relays it, and who is to publish it. */
record Parcel(NodeId node, OutboxHead head, OutboxPublisher publisher) {}
