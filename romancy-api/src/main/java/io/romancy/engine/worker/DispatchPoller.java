package io.romancy.engine.worker;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.poll.PollerNames;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.MessageStore;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts published messages in order and into the mailboxes they are for, and wakes who waits for them. */
public final class DispatchPoller implements Poller {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchPoller.class);

    private final MessageStore messages;
    private final Duration interval;
    private final int batch;
    private final Consumer<List<DispatchResult.Woken>> woken;
    private final Consumer<EngineEvent> events;

    public DispatchPoller(
            MessageStore messages,
            Duration interval,
            int batch,
            Consumer<List<DispatchResult.Woken>> woken,
            Consumer<EngineEvent> events) {
        this.messages = messages;
        this.interval = interval;
        this.batch = batch;
        this.woken = woken;
        this.events = events;
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
        if (result.dropped() > 0) {
            LOG.warn("Dropped {} messages to instances that have ended", result.dropped());
        }
        if (result.dispatched() > 0) {
            events.accept(new EngineEvent.MessagesDispatched(result.dispatched(), result.dropped()));
        }
        if (!result.woken().isEmpty()) {
            woken.accept(result.woken());
        }
        return new PollResult(result.dispatched(), result.saturated(), null, Set.of());
    }
}
