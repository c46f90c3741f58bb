package io.romancy.testkit.micronaut;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.romancy.api.Romancy;
import io.romancy.api.outbox.Outbox;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Plugins that use the engine that they are part of. */
@Singleton
@Requires(property = "test.foreman")
class Foreman implements Poller, OutboxPublisher {
    final List<String> published = new CopyOnWriteArrayList<>();
    private final AtomicBoolean added = new AtomicBoolean();
    private final BeanProvider<Romancy> romancy;
    private final BeanProvider<Outbox> outbox;

    Foreman(BeanProvider<Romancy> romancy, BeanProvider<Outbox> outbox) {
        this.romancy = romancy;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "foreman";
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(20);
    }

    @Override
    public PollResult poll(PollContext context) throws Exception {
        if (added.compareAndSet(false, true)) {
            romancy.get().inTransaction(transaction -> romancy.get().outbox().add(OutboxEvent.of("order.found", 1)));
        }
        return PollResult.nothing();
    }

    @Override
    public boolean accepts(String type) {
        return true;
    }

    @Override
    public void publish(OutboxRecord event) {
        published.add(event.type() + " " + outbox.get().counts().rejected());
    }
}
