package io.romancy.spi.outbox;

/**
 * A lane that a node holds, and how far it has looked.
 *
 * @param fence raised whenever somebody takes the lane
 * @param after the key behind which to look next; empty to begin at the first
 */
public record OutboxLane(int number, long fence, String after) {
    /** The same from another position on. */
    public OutboxLane from(String key) {
        return new OutboxLane(number, fence, key);
    }
}
