package io.romancy.engine.worker;

import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.ClaimRequest;
import io.romancy.spi.Delivery;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.CommitResult;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what comes from outside. A few messages take the short way: written, dispatched and claimed for at once, so that a receiver that
 * waits here goes on after one flush. Many go one step after the other, each in large batches, because there throughput counts.
 */
public final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int FEW = 16;

    private final Storage storage;
    private final Signals signals;
    private final Consumer<EngineEvent> events;
    private final BiFunction<Integer, Function<@Nullable ClaimRequest, Delivery>, Delivery> claiming;

    /**
     * @param claiming makes a delivery for so many messages, which claims on its way if this process can take what it finds
     */
    public Deliveries(
            Storage storage,
            Signals signals,
            Consumer<EngineEvent> events,
            BiFunction<Integer, Function<@Nullable ClaimRequest, Delivery>, Delivery> claiming) {
        this.storage = storage;
        this.signals = signals;
        this.events = events;
        this.claiming = claiming;
    }

    /** Writes a batch, and sees to it that the messages in it are dispatched. */
    public List<CommitResult> write(List<Commit> batch) {
        List<Commit.Publish> messages = batch.stream()
                .filter(Commit.Publish.class::isInstance)
                .map(Commit.Publish.class::cast)
                .toList();
        if (messages.size() == batch.size() && messages.size() <= FEW) {
            return deliver(messages);
        }
        List<CommitResult> results = storage.runs().commit(batch);
        if (!messages.isEmpty()) {
            signals.published();
        }
        return results;
    }

    private List<CommitResult> deliver(List<Commit.Publish> messages) {
        Delivery delivery = claiming.apply(messages.size(), claim -> storage.deliver(messages, claim));
        Set<String> claimed = delivery.claimed() == null
                ? Set.of()
                : delivery.claimed().runs().stream()
                        .map(run -> run.claim().id())
                        .collect(Collectors.toSet());
        dispatched(delivery.dispatched(), claimed);
        if (delivery.dispatched().isUnfinished()) {
            signals.published();
        }
        return delivery.answers();
    }

    /** What follows from a dispatch. */
    void dispatched(DispatchResult result, Set<String> claimed) {
        if (result.dropped() > 0) {
            LOG.warn("Dropped {} messages to instances that have ended", result.dropped());
        }
        if (result.dispatched() > 0) {
            events.accept(new EngineEvent.MessagesDispatched(result.dispatched(), result.dropped()));
        }
        var left = result.woken().stream()
                .filter(instance -> !claimed.contains(instance.id()))
                .toList();
        if (!left.isEmpty()) {
            signals.woken(left);
        }
    }
}
