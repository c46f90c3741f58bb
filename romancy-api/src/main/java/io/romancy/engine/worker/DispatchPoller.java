package io.romancy.engine.worker;

import io.romancy.engine.poll.PollerNames;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Set;

/** Puts published messages in order and into the mailboxes they are for, and wakes who waits for them. */
public final class DispatchPoller implements Poller {
    /** Whoever holds a lane is done with it after one statement. */
    private static final Duration HELD_BY_OTHERS = Duration.ofMillis(10);

    private final MessageStore messages;
    private final Duration interval;
    private final int batch;
    private final Deliveries deliveries;

    public DispatchPoller(MessageStore messages, Duration interval, int batch, Deliveries deliveries) {
        this.messages = messages;
        this.interval = interval;
        this.batch = batch;
        this.deliveries = deliveries;
    }

    @Override
    public String name() {
        return PollerNames.MESSAGE_DISPATCH;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public PollResult poll(PollContext context) {
        DispatchResult result = messages.dispatch(batch);
        deliveries.dispatched(result, Set.of());
        return new PollResult(
                result.dispatched(), result.saturated(), result.contended() ? HELD_BY_OTHERS : null, Set.of());
    }
}
