package io.romancy.engine.worker;

import io.romancy.api.observe.PickupPath;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;

/** One schedule of the claim. */
record ClaimPoller(String name, Duration interval, int batch, Claims claims, Runnable first) implements Poller {
    @Override
    public PollResult poll(PollContext context) {
        return claims.claim(batch, path(context.reason()), first);
    }

    private static PickupPath path(PollReason reason) {
        return switch (reason) {
            case WAKE -> PickupPath.HINT;
            case DUE -> PickupPath.DUE;
            case INTERVAL -> PickupPath.INTERVAL;
            case GAP -> PickupPath.GAP;
            case START, AGAIN, RETRY -> PickupPath.OTHER;
        };
    }
}
