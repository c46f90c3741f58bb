package io.romancy.engine.worker;

import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;

/** One schedule of the claim. */
record ClaimPoller(String name, Duration interval, int batch, Claims claims, Runnable first) implements Poller {
    @Override
    public PollResult poll(PollContext context) {
        return claims.claim(batch, first);
    }
}
