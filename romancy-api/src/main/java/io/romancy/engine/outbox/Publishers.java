package io.romancy.engine.outbox;

import io.romancy.spi.outbox.OutboxPublisher;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publishers of this process, by order. */
public final class Publishers {
    private static final Logger LOG = LoggerFactory.getLogger(Publishers.class);

    private final List<OutboxPublisher> ordered;

    public Publishers(List<OutboxPublisher> publishers) {
        ordered = publishers.stream()
                .sorted(Comparator.comparingInt(OutboxPublisher::order))
                .toList();
    }

    public boolean isEmpty() {
        return ordered.isEmpty();
    }

    /** Who takes events of this type; null if nobody here does. One that cannot even say is passed over. */
    @Nullable
    OutboxPublisher of(String type) {
        for (OutboxPublisher publisher : ordered) {
            try {
                if (publisher.accepts(type)) {
                    return publisher;
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "Publisher {} failed when it was asked whether it accepts '{}' and is passed over",
                        publisher.getClass().getName(),
                        type,
                        e);
            }
        }
        return null;
    }
}
