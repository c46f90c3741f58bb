package io.romancy.examples.transactions;

import io.micronaut.context.ApplicationContext;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.spi.model.NodeId;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A process with a Micronaut application whose datasource Romancy lives in. */
final class App implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Faults faults = Faults.create();
    private final Wire wire = new Wire();
    private final EngineEvents events = new EngineEvents();
    private final ApplicationContext context;

    private App(Database database, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(database.datasource("default"));
        options.put("romancy.datasource", "default");
        options.put("romancy.database", faults.url(database.url()));
        options.put("romancy.workflow-resumption-interval", "20ms");
        options.put("romancy.timer-check-interval", "20ms");
        options.put("romancy.channel-timeout-interval", "20ms");
        options.put("romancy.notify-fallback-interval", "200ms");
        options.put("romancy.lease-duration", "3s");
        options.put("romancy.lease-renewal", "500ms");
        options.put("romancy.default-retry.delay", "1ms");
        options.putAll(more);
        try {
            context = ApplicationContext.builder()
                    .properties(options)
                    .singletons(wire, events)
                    .start();
        } catch (RuntimeException | Error e) {
            faults.close();
            throw e;
        }
    }

    static App start(Database database) {
        return start(database, Map.of());
    }

    static App start(Database database, Map<String, Object> more) {
        return new App(database, more);
    }

    Romancy romancy() {
        return context.getBean(Romancy.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Faults faults() {
        return faults;
    }

    Wire wire() {
        return wire;
    }

    EngineEvents events() {
        return events;
    }

    NodeId node() {
        NodeId node = romancy().status().node();
        if (node == null) {
            throw new IllegalStateException("a client has no lease");
        }
        return node;
    }

    /** The threads of a killed process stand still until they are let end, and may hold what closing waits for. */
    @Override
    public void close() {
        if (faults.isAlive()) {
            context.close();
        } else {
            Romancy romancy = romancy();
            Thread closing = Thread.ofVirtual().start(context::close);
            while (closing.isAlive() && romancy.status().phase() == EngineStatus.Phase.OPEN) {
                Thread.onSpinWait();
            }
            faults.bury();
            try {
                closing.join(DEADLINE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        faults.close();
    }
}
