package io.romancy.spi.outbox;

import java.util.List;

/**
 * What a relayer holds.
 *
 * @param lanes all of its lanes, each at its beginning
 * @param share how many it should hold at most while the same relayers live
 */
public record OutboxHolding(List<OutboxLane> lanes, int share) {
    public OutboxHolding {
        lanes = List.copyOf(lanes);
    }
}
