package io.romancy.micronaut.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.micronaut.DatabaseLook;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.outbox.OutboxCounts;
import io.romancy.spi.poll.PollReason;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What an open engine counts itself, as meters that read it when they are read. */
final class EngineMeters {
    private static final Duration OUTBOX_INTERVAL = Duration.ofSeconds(30);

    private final Romancy romancy;
    private final Snapshot snapshot;
    private final DatabaseLook<OutboxCounts> outbox;
    private volatile @Nullable OutboxCounts lastOutbox;

    EngineMeters(Romancy romancy) {
        this.romancy = romancy;
        this.snapshot = new Snapshot(romancy);
        this.outbox = new DatabaseLook<>(() -> romancy.outbox().counts(), OUTBOX_INTERVAL);
    }

    void bindTo(MeterRegistry registry) {
        var meters = new Meters(registry, this);
        meters.gauge(
                "romancy.workflows.running",
                "Workflows that run here now",
                Tags.empty(),
                e -> e.status().running());
        meters.gauge(
                "romancy.workflows.parked",
                "Workflows that wait here with their thread",
                Tags.empty(),
                e -> e.status().parked());
        meters.time(
                "romancy.lease.margin",
                "How long steps may still be started without the database",
                e -> e.metrics().leaseMargin());
        for (String state : new String[] {"pending", "rejected", "expired"}) {
            meters.gauge(
                    "romancy.outbox.events",
                    "Events in the outbox, as of the last half minute",
                    Tags.of("state", state),
                    e -> e.events(state));
        }
        hints(meters);
        if (snapshot.get().notifications() != null) {
            notifications(meters);
        }
        snapshot.get().channels().forEach(channel -> channel(meters, channel.name()));
        snapshot.get().pollers().forEach(poller -> poller(meters, poller.name()));
    }

    private static void hints(Meters meters) {
        meters.count(
                "romancy.hints.given",
                "Hints for other processes",
                Tags.empty(),
                e -> e.metrics().hints().given());
        meters.count(
                "romancy.hints.sent",
                "Notifications that carried them",
                Tags.empty(),
                e -> e.metrics().hints().sent());
        meters.count(
                "romancy.hints.coalesced",
                "Hints that another notification stood for",
                Tags.empty(),
                e -> e.metrics().hints().coalesced());
        meters.count(
                "romancy.hints.dropped",
                "Hints that were not kept",
                Tags.empty(),
                e -> e.metrics().hints().dropped());
        meters.count(
                "romancy.hints.failures",
                "Sends of hints that failed",
                Tags.empty(),
                e -> e.metrics().hints().failures());
    }

    private static void notifications(Meters meters) {
        for (SourceState state : SourceState.values()) {
            meters.gauge(
                    "romancy.notifications.state",
                    "1 for the state of the listener",
                    Tags.of("state", TagValues.of(state)),
                    e -> e.is(state));
        }
        meters.gauge(
                "romancy.notifications.trusted",
                "1 while pollers take their long intervals",
                Tags.empty(),
                e -> e.heard(n -> n.trusted() ? 1 : 0));
        meters.count(
                "romancy.notifications.reconnects",
                "Connections that were made anew",
                Tags.empty(),
                e -> e.heard(EngineMetrics.Notifications::reconnects));
        meters.count(
                "romancy.notifications.losses",
                "Connections that were lost or not made",
                Tags.empty(),
                e -> e.heard(EngineMetrics.Notifications::losses));
        meters.count(
                "romancy.notifications.gaps",
                "Times that anything may have been missed",
                Tags.empty(),
                e -> e.heard(EngineMetrics.Notifications::gaps));
        meters.count(
                "romancy.notifications.foreign",
                "Notifications that nobody here listens to",
                Tags.empty(),
                e -> e.heard(EngineMetrics.Notifications::foreign));
        meters.time("romancy.notifications.echo", "How long the last echo took", e -> {
            var heard = e.metrics().notifications();
            return heard == null ? null : heard.echoLatency();
        });
    }

    private static void channel(Meters meters, String name) {
        Tags tags = Tags.of("channel", name);
        meters.count(
                "romancy.channel.received",
                "Notifications",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::received));
        meters.count(
                "romancy.channel.unreadable",
                "Payloads that no handler could read",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::unreadable));
        meters.count(
                "romancy.channel.missed",
                "Times that handlers were told of a gap",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::missed));
        meters.count(
                "romancy.channel.failures",
                "Calls of handlers that threw",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::failures));
        meters.count(
                "romancy.channel.slow",
                "Calls of handlers of more than a second",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::slow));
        meters.count(
                "romancy.channel.overflows",
                "Times that a handler's queue was full",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::overflows));
        meters.gauge(
                "romancy.channel.waiting",
                "Payloads that wait for a handler",
                tags,
                e -> e.channel(name, EngineMetrics.Channel::waiting));
    }

    private static void poller(Meters meters, String name) {
        Tags tags = Tags.of("poller", name);
        for (PollReason reason : PollReason.values()) {
            Tags caused = tags.and("reason", TagValues.of(reason));
            meters.count(
                    "romancy.polls",
                    "Polls that ended well",
                    caused,
                    e -> e.polls(name, reason, EngineMetrics.Polls::count));
            meters.count(
                    "romancy.polls.fruitless",
                    "Polls that found nothing",
                    caused,
                    e -> e.polls(name, reason, EngineMetrics.Polls::fruitless));
            meters.count(
                    "romancy.polls.found",
                    "Rows that polls found",
                    caused,
                    e -> e.polls(name, reason, EngineMetrics.Polls::found));
        }
        meters.count(
                "romancy.polls.failures",
                "Polls that threw",
                tags,
                e -> e.poller(name, EngineMetrics.Polling::failures));
        meters.gauge(
                "romancy.polls.failing",
                "Failures since the last poll that ended well",
                tags,
                e -> e.poller(name, EngineMetrics.Polling::failuresInARow));
        meters.count(
                "romancy.polls.unnotified",
                "Rows that notifications missed while they were trusted",
                tags,
                e -> e.poller(name, EngineMetrics.Polling::foundByIntervalWhileTrusted));
    }

    private EngineStatus status() {
        return romancy.status();
    }

    private EngineMetrics metrics() {
        return snapshot.get();
    }

    /** What was last heard of the outbox; whoever reads has a newer look taken, and does not wait for it. */
    private double events(String state) {
        Future<OutboxCounts> look = outbox.ask();
        if (look.state() == Future.State.SUCCESS) {
            lastOutbox = look.resultNow();
        }
        OutboxCounts known = lastOutbox;
        if (known == null) {
            return Double.NaN;
        }
        return switch (state) {
            case "pending" -> known.pending();
            case "rejected" -> known.rejected();
            default -> known.expired();
        };
    }

    private double heard(ToDoubleFunction<EngineMetrics.Notifications> number) {
        var heard = metrics().notifications();
        return heard == null ? Double.NaN : number.applyAsDouble(heard);
    }

    private double is(SourceState state) {
        return heard(n -> n.state() == state ? 1 : 0);
    }

    private double channel(String name, ToDoubleFunction<EngineMetrics.Channel> number) {
        return metrics().channels().stream()
                .filter(channel -> channel.name().equals(name))
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double poller(String name, ToDoubleFunction<EngineMetrics.Polling> number) {
        return metrics().pollers().stream()
                .filter(poller -> poller.name().equals(name))
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double polls(String name, PollReason reason, ToDoubleFunction<EngineMetrics.Polls> number) {
        return poller(name, poller -> {
            EngineMetrics.Polls polls = poller.byReason().get(reason);
            return polls == null ? 0 : number.applyAsDouble(polls);
        });
    }

    /** Registers meters of one engine, which hold it as long as the registry does. */
    private record Meters(MeterRegistry registry, EngineMeters engine) {
        void gauge(String name, String description, Tags tags, ToDoubleFunction<EngineMeters> value) {
            Gauge.builder(name, engine, value)
                    .description(description)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }

        /** FunctionCounter keeps a weak reference only: what it calls keeps the engine. */
        void count(String name, String description, Tags tags, ToDoubleFunction<EngineMeters> value) {
            FunctionCounter.builder(name, registry, any -> value.applyAsDouble(engine))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        void time(String name, String description, Function<EngineMeters, @Nullable Duration> value) {
            TimeGauge.builder(name, () -> seconds(value.apply(engine)), TimeUnit.SECONDS)
                    .description(description)
                    .register(registry);
        }

        private static Number seconds(@Nullable Duration time) {
            return time == null ? Double.NaN : time.toNanos() / 1e9;
        }
    }
}
