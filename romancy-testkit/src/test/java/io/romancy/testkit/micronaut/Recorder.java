package io.romancy.testkit.micronaut;

import io.micronaut.context.annotation.Requires;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker to which everything gets through. */
@Singleton
@Requires(property = "test.publisher")
class Recorder implements OutboxPublisher {
    final List<String> types = new CopyOnWriteArrayList<>();

    @Override
    public boolean accepts(String type) {
        return true;
    }

    @Override
    public void publish(OutboxRecord event) {
        types.add(event.type());
    }
}
