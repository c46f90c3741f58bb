package io.romancy.engine.outbox;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.outbox.OutboxOutcome;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners and operators what became of events. A broker that is down or a flood of bad events must not flood the log. */
final class RelayLog {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLog.class);

    private final Environment environment;
    private final Consumer<EngineEvent> events;
    private final Seldom postponed = new Seldom();
    private final Seldom setAside = new Seldom();
    private final Seldom homeless = new Seldom();

    RelayLog(Environment environment, Consumer<EngineEvent> events) {
        this.environment = environment;
        this.events = events;
    }

    void settled(OutboxOutcome outcome) {
        var event = outcome.head().event();
        switch (outcome) {
            case OutboxOutcome.Sent sent ->
                events.accept(new EngineEvent.EventPublished(event.id(), event.type(), event.attempt()));
            case OutboxOutcome.Later(var head, var pause, var reason) -> {
                if (postponed.now(environment.nanoTime())) {
                    LOG.warn(
                            "Event {} of type '{}' could not be published and is tried again in {} ms; only its key waits. attempt={}"
                                    + " reason={}{}",
                            event.id(),
                            event.type(),
                            pause.toMillis(),
                            event.attempt(),
                            reason,
                            postponed.heldBack());
                }
                events.accept(new EngineEvent.EventPostponed(event.id(), event.type(), event.attempt(), pause, reason));
            }
            case OutboxOutcome.Rejected(var head, var reason) -> setAside(outcome, false, reason);
            case OutboxOutcome.Expired(var head, var reason) -> setAside(outcome, true, reason);
        }
    }

    private void setAside(OutboxOutcome outcome, boolean expired, String reason) {
        var event = outcome.head().event();
        if (setAside.now(environment.nanoTime())) {
            LOG.warn(
                    "Event {} of type '{}' is set aside and will not be published: it {}. reason={}{}",
                    event.id(),
                    event.type(),
                    expired ? "is too old" : "was refused for good",
                    reason,
                    setAside.heldBack());
        }
        events.accept(new EngineEvent.EventSetAside(event.id(), event.type(), expired, reason));
    }

    /** No publisher here takes this type. */
    void homeless(String type) {
        if (homeless.now(environment.nanoTime())) {
            LOG.warn(
                    "No publisher of this process accepts events of type '{}'; they wait until they are too old. Every process that"
                            + " publishes needs a publisher for every type.",
                    type);
        }
    }
}
