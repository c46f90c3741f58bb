package io.romancy.testkit.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineListener;
import io.romancy.spi.error.RomancyException;
import io.romancy.testkit.record.EngineEvents;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A Micronaut application on a memory database, with what a test configures, and what its engine reports. */
final class App implements AutoCloseable {
    final EngineEvents events = new EngineEvents();
    private final ApplicationContext context;

    App(Map<String, Object> options) {
        this(options, Map.of());
    }

    /** The same in an environment that has these variables as well. */
    App(Map<String, Object> options, Map<String, Object> variables) {
        context = ApplicationContext.builder()
                .properties(options)
                .propertySources(PropertySource.of(
                        "variables", variables, PropertyConvention.ENVIRONMENT_VARIABLE, Origin.of("variables")))
                .build();
        context.registerSingleton(EngineListener.class, events);
        try {
            context.start();
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    /** A database that no other test uses. */
    static String database() {
        return "romancy:memory:app-" + UUID.randomUUID();
    }

    static Map<String, Object> options(String database) {
        return new HashMap<>(Map.of("romancy.database", database));
    }

    ApplicationContext context() {
        return context;
    }

    Romancy romancy() {
        return context.getBean(Romancy.class);
    }

    /** What Romancy said, out of all that Micronaut wrapped around it. */
    static RomancyException refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RomancyException refusal) {
                return refusal;
            }
        }
        throw new AssertionError("no refusal of ours in it", thrown);
    }

    @Override
    public void close() {
        context.close();
    }
}
