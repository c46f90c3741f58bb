package io.romancy.spi.model;

import io.romancy.spi.error.Check;
import org.jspecify.annotations.Nullable;

/**
 * An instance to be started.
 *
 * @param startHash a digest of the encoded input and its codec: a second start of the same id with the same one finds the first
 * @param owner who runs it from birth, without a claim of its own; null to leave it READY for any worker
 */
public record NewInstance(
        String id,
        Route route,
        Payload input,
        String startHash,
        @Nullable NodeId owner) {
    public NewInstance {
        Check.name("Instance id", id);
    }

    /** Whether whoever starts this id finds that other one started, rather than a conflict: of one workflow, with one input. */
    public boolean isSameStart(NewInstance other) {
        return FirstStart.of(other).isSameAs(this);
    }

    /** The same, READY for any worker. */
    public NewInstance unowned() {
        return owner == null ? this : new NewInstance(id, route, input, startHash, null);
    }
}
