package io.romancy.spi.model;

import java.util.UUID;

/** The identity of one engine from its start to its end. A process that starts again, or lost its lease, takes a new one. */
public record NodeId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
