package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import java.util.concurrent.atomic.LongAdder;

/** A publisher that does nothing but note the arrival, and how events get to it. */
final class ArrivingEvents implements OutboxPublisher {
    private static final String TYPE = "measured";

    private final LongAdder count = new LongAdder();
    private final Arrivals arrivals = new Arrivals();
    private volatile boolean counting;

    /** With its arrivals counted only: a queue of all of them would be measured too. */
    static ArrivingEvents counted() {
        var events = new ArrivingEvents();
        events.counting = true;
        return events;
    }

    /** Adds one event, in a transaction of its own. */
    void add(Romancy romancy) throws Exception {
        romancy.inTransaction(transaction ->
                romancy.outbox().add(TYPE, "a body of sixty-four characters, which is about what a step writes"));
    }

    @Override
    public boolean accepts(String type) {
        return type.equals(TYPE);
    }

    @Override
    public void publish(OutboxRecord event) {
        if (counting) {
            count.increment();
        } else {
            arrivals.arrived(TYPE);
        }
    }

    long count() {
        return count.sum();
    }

    /** When the event arrived that was added last. */
    long awaitNanoTime() throws InterruptedException {
        return arrivals.await(TYPE).nanoTime();
    }
}
