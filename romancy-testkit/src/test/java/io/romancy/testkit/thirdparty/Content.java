package io.romancy.testkit.thirdparty;

import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that the database holds at one moment. What a copy shares with the original is never changed, only replaced. */
final class Content {
    final TreeMap<Long, Run> runs = new TreeMap<>();
    final Map<String, Long> ids = new HashMap<>();
    final Map<NodeId, Instant> leases = new LinkedHashMap<>();
    final TreeMap<Long, Message> messages = new TreeMap<>();
    final Map<String, Long> uids = new HashMap<>();
    /** Cancellations that a transaction asked for; they are dispatched like messages. */
    final Map<Long, Commit.Cancel> cancellations = new HashMap<>();
    /** Messages and cancellations that nobody dispatched yet. */
    final TreeSet<Long> published = new TreeSet<>();
    /** Messages of competing topics that no run has. */
    final TreeSet<Long> queued = new TreeSet<>();

    final Map<ChannelName, TopicMode> modes = new HashMap<>();
    /** By topic and run: the last message before the subscription. */
    final Map<ChannelName, Map<Long, Long>> subscriptions = new HashMap<>();

    final TreeMap<Long, Event> events = new TreeMap<>();
    final TreeMap<Integer, Lane> lanes = new TreeMap<>();
    final Set<NodeId> relayers = new HashSet<>();
    private Duration skew = Duration.ZERO;
    private long last;

    Content copy() {
        var copy = new Content();
        copy.runs.putAll(runs);
        copy.ids.putAll(ids);
        copy.leases.putAll(leases);
        copy.messages.putAll(messages);
        copy.uids.putAll(uids);
        copy.cancellations.putAll(cancellations);
        copy.published.addAll(published);
        copy.queued.addAll(queued);
        copy.modes.putAll(modes);
        subscriptions.forEach((topic, all) -> copy.subscriptions.put(topic, new LinkedHashMap<>(all)));
        copy.events.putAll(events);
        copy.lanes.putAll(lanes);
        copy.relayers.addAll(relayers);
        copy.skew = skew;
        copy.last = last;
        return copy;
    }

    /** A number larger than all before: of runs, messages, deliveries, waits and events. */
    long next() {
        return ++last;
    }

    long last() {
        return last;
    }

    /** By which rows become due. */
    Instant now() {
        return unmoved().plus(skew);
    }

    /** By which leases end. */
    static Instant unmoved() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time only goes forward, not by " + by);
        }
        skew = skew.plus(by);
    }

    boolean lives(@Nullable NodeId node) {
        Instant end = node == null ? null : leases.get(node);
        return end != null && end.isAfter(unmoved());
    }

    Message message(long number) {
        return Objects.requireNonNull(messages.get(number));
    }

    @Nullable
    Run run(String id) {
        Long number = ids.get(id);
        return number == null ? null : runs.get(number);
    }

    Run insert(NewInstance instance, Instant now) {
        var run = new Run(next(), instance, now);
        run.ready(now);
        runs.put(run.number, run);
        ids.put(instance.id(), run.number);
        return run;
    }

    /** The run as one that may be changed: the only way to change one. */
    Run edit(long number) {
        Run copy = Objects.requireNonNull(runs.get(number)).copy();
        runs.put(number, copy);
        return copy;
    }
}
