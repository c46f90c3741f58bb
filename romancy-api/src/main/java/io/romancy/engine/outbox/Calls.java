package io.romancy.engine.outbox;

import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that this process is publishing or about to publish: one of each key, a bounded number of calls at once, each begun only if
 * its time-out ends before the lease. Nothing is locked and no connection held during a call. Thread-safe.
 *
 * <p>A publisher that does not even listen to an interrupt keeps its thread, and its event is tried again. As many threads as there are
 * calls may be lost so; then nothing more is begun until one returns.
 */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    /** How long the watch sleeps while there is nothing to watch. */
    private static final long IDLE = Duration.ofHours(1).toNanos();

    private static final int NO_LANE = -1;

    /** What is told of the end of a call; failure and time-out are null and false if it arrived. */
    @FunctionalInterface
    interface Ended {
        void ended(Parcel parcel, @Nullable Throwable failure, boolean timedOut);
    }

    private final Environment environment;
    private final RelayLease lease;
    private final int slots;
    private final Duration timeout;
    private final Observer observer;
    private final Ended ended;
    private final Waiter idle;
    private final StepLoop watch;
    private final Queue<Parcel> waiting = new ArrayDeque<>();
    private final LinkedHashSet<PublishCall> running = new LinkedHashSet<>();
    private final Map<String, Integer> lanesOfKeys = new HashMap<>();
    private final Set<String> freedMeanwhile = new HashSet<>();
    private boolean looking;
    private int lost;
    private int telling;
    private boolean closing;

    Calls(Environment environment, RelayLease lease, int slots, Duration timeout, Observer observer, Ended ended) {
        this.environment = environment;
        this.lease = lease;
        this.slots = slots;
        this.timeout = timeout;
        this.observer = observer;
        this.ended = ended;
        this.idle = environment.newWaiter();
        this.watch = new StepLoop(environment, "romancy-outbox-watch", this::watch);
    }

    void start() {
        watch.start();
    }

    /**
     * A look at the outbox begins. It may see what was there when it began: keys whose outcome is recorded while it lasts are left to the
     * next look, or the event would be published twice.
     */
    synchronized void lookBegins() {
        looking = true;
    }

    /** What the look found is taken. */
    synchronized void lookEnds() {
        looking = false;
        freedMeanwhile.clear();
    }

    /** Takes the key of a head, unless another event of it is on its way or its outcome is not recorded yet, or was not when we looked. */
    synchronized boolean takeKey(OutboxHead head) {
        return !closing
                && !freedMeanwhile.contains(head.key())
                && lanesOfKeys.putIfAbsent(head.key(), head.lane()) == null;
    }

    /** Lets the next event of the key come. */
    synchronized void freeKey(OutboxHead head) {
        lanesOfKeys.remove(head.key());
        if (looking) {
            freedMeanwhile.add(head.key());
        }
    }

    /** Its outcome is refused, for who knows how long: the key waits, and its lane may go to somebody else, who will publish it again. */
    synchronized void isRefused(OutboxHead head) {
        lanesOfKeys.replace(head.key(), NO_LANE);
    }

    /** The lanes of all events that are on their way. */
    synchronized Set<Integer> busyLanes() {
        return Set.copyOf(lanesOfKeys.values());
    }

    /** Events that wait for a free slot. */
    synchronized int waiting() {
        return waiting.size();
    }

    synchronized void add(Parcel parcel) {
        waiting.add(parcel);
    }

    /** Forgets what waits and was found under another lease: its lane may be somebody else's. */
    synchronized void keepOnly(NodeId node) {
        waiting.removeIf(parcel -> {
            boolean foreign = !parcel.node().equals(node);
            if (foreign) {
                lanesOfKeys.remove(parcel.head().key());
            }
            return foreign;
        });
    }

    /** Begins as many calls as there is room and time for. */
    void begin() {
        for (PublishCall call : next()) {
            Parcel parcel = call.parcel();
            call.started(environment.startRun(
                    "romancy-outbox-" + parcel.head().event().id(), () -> publish(call)));
        }
    }

    private synchronized List<PublishCall> next() {
        List<PublishCall> calls = new ArrayList<>();
        if (waiting.isEmpty() || closing) {
            return calls;
        }
        NodeId node = lease.node();
        boolean inTime = lease.margin().compareTo(timeout) >= 0;
        boolean first = running.isEmpty();
        while (inTime && running.size() < slots && lost < slots && !waiting.isEmpty()) {
            Parcel parcel = waiting.remove();
            if (parcel.node().equals(node)) {
                var call = new PublishCall(parcel, environment.nanoTime() + timeout.toNanos());
                running.add(call);
                calls.add(call);
            } else {
                lanesOfKeys.remove(parcel.head().key());
            }
        }
        if (first && !calls.isEmpty()) {
            watch.wake();
        }
        return calls;
    }

    private void publish(PublishCall call) {
        OutboxRecord event = call.parcel().head().event();
        @Nullable Throwable failure = null;
        var publish = new Operation.PublishEvent(event.type(), event.id(), event.attempt());
        Observed observed = observer.begin(publish, event.headers(), List.of());
        try (var inside = observed.enter()) {
            call.parcel().publisher().publish(event);
        } catch (Throwable e) { // whatever a plugin throws ends here and is an outcome
            failure = e;
        }
        observed.end(failure == null ? Observed.DONE : Observed.FAILED, failure);
        end(call, failure);
    }

    private void end(PublishCall call, @Nullable Throwable failure) {
        boolean counts;
        boolean recorded;
        synchronized (this) {
            counts = running.remove(call);
            if (!counts) {
                lost--;
            }
            // What was interrupted by our own end did not fail: whoever relays next sends it at once.
            recorded = counts && !(closing && failure != null);
            telling += recorded ? 1 : 0; // whoever closes waits until the outcome is where it is recorded from
        }
        if (recorded) {
            try {
                ended.ended(call.parcel(), failure, false);
            } finally {
                told();
            }
        }
        idle.wake();
        begin();
    }

    private synchronized void told() {
        telling--;
    }

    /** Gives up calls that took too long; returns how long until the next one is. */
    private long watch() {
        List<PublishCall> late = new ArrayList<>();
        long wait = IDLE;
        synchronized (this) {
            long now = environment.nanoTime();
            for (PublishCall call : running) { // in the order of their deadlines
                if (call.deadline() - now > 0) {
                    wait = call.deadline() - now;
                    break;
                }
                late.add(call);
            }
            late.forEach(running::remove);
            lost += late.size();
            if (!late.isEmpty() && lost >= slots) {
                LOG.warn(
                        "{} calls of publishers go on after their time-out of {} and an interrupt; no event is relayed until one of"
                                + " them returns. Give the client of the broker time-outs of its own.",
                        lost,
                        timeout);
            }
        }
        for (PublishCall call : late) {
            call.interrupt();
            ended.ended(call.parcel(), null, true);
        }
        if (!late.isEmpty()) {
            begin();
        }
        return wait;
    }

    /** Begins nothing more, waits for what runs, and interrupts it when this time is over. */
    void close(Duration atMost) {
        long end = environment.nanoTime() + atMost.toNanos();
        synchronized (this) {
            closing = true;
            waiting.clear();
        }
        while (isRunning() && end - environment.nanoTime() > 0) {
            idle.awaitUninterruptibly(end - environment.nanoTime());
        }
        synchronized (this) {
            running.forEach(PublishCall::interrupt);
        }
        StepLoop.close(environment, List.of(watch), Duration.ofSeconds(1));
    }

    private synchronized boolean isRunning() {
        return !running.isEmpty() || telling > 0;
    }
}
