package io.romancy.testkit.thirdparty;

import io.romancy.spi.model.NodeId;
import org.jspecify.annotations.Nullable;

/** A lane of the outbox, and who holds it. */
record Lane(int number, @Nullable NodeId owner, long fence) {
    boolean isHeld(NodeId node, long atFence) {
        return node.equals(owner) && fence == atFence;
    }
}
