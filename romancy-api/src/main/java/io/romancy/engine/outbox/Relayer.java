package io.romancy.engine.outbox;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.config.EngineOptions;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observer;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxHeads;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxStore;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Relays the outbox: holds a share of its lanes, looks for heads that are due and hands them to publishers. Woken by a notification, by
 * what this process adds and records itself, and by its interval.
 */
public final class Relayer implements Poller, AutoCloseable {
    /** Between two looks at who holds what, however often it is woken. */
    private static final long HOLD_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private static final Duration WHILE_LANES_MOVE = Duration.ofSeconds(1);
    private static final Duration RECORDING = Duration.ofSeconds(5);

    private final Environment environment;
    private final OutboxStore store;
    private final EngineOptions.Outbox options;
    private final RelayLease lease;
    private final Publishers publishers;
    private final OutboxSignals signals;
    private final RelayLog log;
    private final Verdicts verdicts;
    private final Calls calls;
    private final OutcomeRecorder recorder;
    private final HeldLanes lanes;
    private volatile boolean holdsAll;
    private @Nullable Long heldAt;
    private @Nullable Long nextDueAt;

    /**
     * A relayer that {@link #start} sets to work.
     *
     * @param wake where it asks to be woken, and others to share lanes
     */
    public Relayer(
            Environment environment,
            OutboxStore store,
            EngineOptions.Outbox options,
            RelayLease lease,
            Publishers publishers,
            OutboxSignals wake,
            Observer observer,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.store = store;
        this.options = options;
        this.lease = lease;
        this.publishers = publishers;
        this.signals = wake;
        this.lanes = new HeldLanes(environment.random());
        this.log = new RelayLog(environment, events);
        this.verdicts = new Verdicts(options, environment.random());
        this.calls =
                new Calls(environment, lease, options.concurrency(), options.publishTimeout(), observer, this::ended);
        this.recorder = new OutcomeRecorder(
                environment,
                store,
                lease,
                this::recorded,
                settled -> calls.isRefused(settled.outcome().head()));
    }

    public void start() {
        recorder.start();
        calls.start();
    }

    @Override
    public String name() {
        return PollerNames.OUTBOX;
    }

    @Override
    public Duration interval() {
        return options.interval();
    }

    @Override
    public Set<NotificationChannel<?>> wokenBy() {
        return Set.of(EngineChannels.OUTBOX_PENDING);
    }

    /** Whether this process holds every lane, so that nobody else has to hear of an event. */
    public boolean holdsAll() {
        return holdsAll;
    }

    @Override
    public PollResult poll(PollContext context) {
        NodeId node = lease.node();
        if (!lanes.belongTo(node)) {
            heldAt = null;
            calls.keepOnly(node);
        }
        hold(node);
        beginRoundUnlessInOne(context);
        int found = 0;
        int room = options.maxEventsPerBatch() - calls.waiting();
        if (!lanes.isEmpty() && room > 0) {
            calls.lookBegins();
            try {
                found = look(node, room);
            } finally {
                calls.lookEnds();
            }
        }
        calls.begin();
        boolean again = !lanes.isEmpty() && !lanes.isRoundOver() && calls.waiting() < options.maxEventsPerBatch();
        return new PollResult(found, again, again ? null : nextIn(), Set.of());
    }

    private void beginRoundUnlessInOne(PollContext context) {
        if (context.reason() != PollReason.AGAIN) {
            lanes.beginRound();
            nextDueAt = null;
        }
    }

    private void hold(NodeId node) {
        long now = environment.nanoTime();
        if (heldAt != null && now - heldAt < HOLD_PAUSE) {
            return;
        }
        lanes.hold(store.hold(node));
        heldAt = now; // not before: a look without its lanes would pass for a success, and end the back-off
        var surplus = lanes.giveUp(calls.busyLanes());
        if (!surplus.isEmpty()) {
            store.release(node, surplus);
            signals.share();
        } else if (lanes.hasLessThanItsShare()) {
            signals.share();
        }
        holdsAll = lanes.size() == OutboxStore.LANES;
    }

    private int look(NodeId node, int room) {
        var asked = lanes.toLookAt();
        if (asked.isEmpty()) {
            return 0;
        }
        int keysOfLane = (room + asked.size() - 1) / asked.size();
        OutboxHeads heads = store.heads(node, asked, keysOfLane);
        lanes.looked(asked, heads);
        Duration next = heads.nextDueIn();
        if (next != null) {
            long at = environment.nanoTime() + next.toNanos();
            nextDueAt = nextDueAt == null ? at : Long.valueOf(nextDueAt - at < 0 ? nextDueAt : at);
        }
        int found = 0;
        for (OutboxHead head : heads.due()) {
            if (calls.takeKey(head)) {
                take(node, head);
                found++;
            }
        }
        return found;
    }

    private void take(NodeId node, OutboxHead head) {
        if (verdicts.isTooOld(head)) {
            recorder.add(new Settled(node, verdicts.tooOld(head)));
            return;
        }
        String type = head.event().type();
        OutboxPublisher publisher = publishers.of(type);
        if (publisher == null) {
            log.homeless(type);
            recorder.add(new Settled(node, verdicts.later(head, "no publisher accepts events of type '" + type + "'")));
            return;
        }
        calls.add(new Parcel(node, head, publisher));
    }

    private @Nullable Duration nextIn() {
        Duration due = nextDueAt == null ? null : Duration.ofNanos(Math.max(0, nextDueAt - environment.nanoTime()));
        boolean soon = lanes.areMoving() || calls.waiting() > 0;
        return soon && (due == null || due.compareTo(WHILE_LANES_MOVE) > 0) ? WHILE_LANES_MOVE : due;
    }

    private void ended(Parcel parcel, @Nullable Throwable failure, boolean timedOut) {
        recorder.add(new Settled(parcel.node(), verdicts.of(parcel.head(), failure, timedOut)));
    }

    private void recorded(List<Settled> batch) {
        for (Settled one : batch) {
            calls.freeKey(one.outcome().head());
            log.settled(one.outcome());
        }
        signals.look();
    }

    /** Begins nothing more and records what was published, in bounded time; the rest is relayed by others, or after the next start. */
    @Override
    public void close() {
        holdsAll = false; // from now on, others have to hear of an event
        calls.close(options.publishTimeout());
        recorder.close(RECORDING);
    }
}
