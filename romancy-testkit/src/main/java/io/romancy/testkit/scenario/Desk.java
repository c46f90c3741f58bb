package io.romancy.testkit.scenario;

import io.romancy.api.Romancy;
import io.romancy.api.outbox.OutboxEvent;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A broker of tests: takes events of one type, remembers what arrived, and fails as it is told. Thread-safe. */
final class Desk implements OutboxPublisher {
    private final String type;
    private final List<OutboxRecord> arrived = new ArrayList<>();
    private final Set<String> inFlight = new HashSet<>();
    private final List<String> overlaps = new ArrayList<>();
    private volatile Trouble trouble = event -> {};

    /** What may happen before an event arrives. */
    @FunctionalInterface
    interface Trouble {
        void happen(OutboxRecord event) throws Exception;
    }

    Desk(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    void trouble(Trouble next) {
        trouble = next;
    }

    /** Adds events with these texts, of one key or none, in one transaction. */
    void add(Romancy romancy, @Nullable String key, String... texts) throws Exception {
        romancy.inTransaction(transaction -> {
            for (String text : texts) {
                OutboxEvent event = OutboxEvent.of(type, text);
                romancy.outbox().add(key == null ? event : event.key(key + " of " + type));
            }
            return type;
        });
    }

    @Override
    public boolean accepts(String other) {
        return other.equals(type);
    }

    @Override
    public void publish(OutboxRecord event) throws Exception {
        String order = event.key() == null ? event.id() : event.key();
        synchronized (this) {
            if (!inFlight.add(order)) {
                overlaps.add(order);
            }
        }
        try {
            trouble.happen(event);
            synchronized (this) {
                arrived.add(event);
            }
        } finally {
            synchronized (this) {
                inFlight.remove(order);
            }
        }
    }

    /** The texts of what arrived, in order. */
    synchronized List<String> texts() {
        return arrived.stream().map(Desk::text).toList();
    }

    synchronized List<OutboxRecord> arrived() {
        return List.copyOf(arrived);
    }

    /** Keys of which two events were under way at the same time. */
    synchronized List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    /** Data that is a text, as JSON has it. */
    static String text(OutboxRecord event) {
        String json = new String(event.payload().data(), StandardCharsets.UTF_8);
        return json.substring(1, json.length() - 1);
    }
}
