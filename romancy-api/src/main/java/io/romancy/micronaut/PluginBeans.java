package io.romancy.micronaut;

import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineListener;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Observers;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.poll.Poller;
import jakarta.inject.Singleton;
import java.util.List;

/** The plugins that are beans of the application. Customizers see the builder last, with all the others in it. */
@Singleton
record PluginBeans(
        List<Poller> pollers,
        List<NotificationHandler<?>> handlers,
        List<OutboxPublisher> publishers,
        List<EngineListener> listeners,
        List<Observer> observers,
        List<EngineCustomizer> customizers) {
    void into(EngineBuilder builder) {
        pollers.forEach(builder::poller);
        handlers.forEach(builder::handler);
        publishers.forEach(builder::publisher);
        listeners.forEach(builder::listener);
        builder.observer(Observers.of(observers));
        customizers.forEach(customizer -> customizer.customize(builder));
    }

    /** What the application gets in place of its engine. */
    Romancy inPlaceOf(Romancy engine) {
        Romancy given = engine;
        for (EngineCustomizer customizer : customizers) {
            given = customizer.inPlaceOf(given);
        }
        return given;
    }
}
