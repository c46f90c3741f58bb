package io.romancy.testkit.fault;

import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with notifications on their way to one engine: lost, doubled, late, out of order, forged. The source looks healthy
 * meanwhile, except between {@link #disconnect} and {@link #reconnect}.
 */
public final class NotificationFaults {
    private enum Mode {
        PASS,
        DROP,
        DOUBLE,
        HOLD
    }

    private final List<Notification> held = new ArrayList<>();
    private Mode mode = Mode.PASS;
    private int dropEvery;
    private int seen;
    private int dropped;
    private int hits;
    private boolean disconnected;
    private Set<String> channels = Set.of();
    private @Nullable NotificationSink engine;
    private final NotificationRules rules;
    private boolean frozen;
    private boolean silent;
    private @Nullable Notification exchanged;

    NotificationFaults(NotificationRules rules) {
        this.rules = rules;
    }

    /** What happens to some of them. {@link #pass} does not end it: {@link NotificationRules#heal} does. */
    public NotificationRules rules() {
        return rules;
    }

    /** Lets everything through again; what was held arrives now, in its order. */
    public synchronized void pass() {
        mode = Mode.PASS;
        dropEvery = 0;
        frozen = false;
        silent = false;
        deliver(false);
        if (disconnected) {
            reconnect();
        }
    }

    /** Loses all of them. */
    public synchronized void drop() {
        mode = Mode.DROP;
    }

    /** Loses every n-th of them. */
    public synchronized void dropEvery(int n) {
        dropEvery = n;
    }

    /** Delivers each of them twice. */
    public synchronized void duplicate() {
        mode = Mode.DOUBLE;
    }

    /** Keeps all of them back until they are released. */
    public synchronized void hold() {
        mode = Mode.HOLD;
    }

    /** Delivers what was kept back, the last one first, and goes on keeping back. */
    public synchronized int deliverReversed() {
        int count = held.size();
        deliver(true);
        return count;
    }

    /** Keeps everything from the engine, changes of the source's state too: as far as it knows, all is well. */
    public synchronized void silence() {
        silent = true;
    }

    /** Looks like a lost connection: the state is DOWN, and nothing arrives. */
    public synchronized void disconnect() {
        disconnected = true;
        sink().stateChanged(SourceState.DOWN, "disconnected on purpose");
    }

    /** Looks like a connection that was made again: a gap, then LIVE. */
    public synchronized void reconnect() {
        disconnected = false;
        sink().gap("reconnected on purpose");
        sink().stateChanged(SourceState.LIVE, null);
    }

    /** Delivers a notification that nobody sent. */
    public synchronized void forge(Notification notification) {
        sink().received(notification);
    }

    /** Whether the engine listens at all. */
    public synchronized boolean listens() {
        return engine != null;
    }

    /** The full names of the channels to which the engine listens. */
    public synchronized Set<String> channels() {
        return channels;
    }

    /** How many were lost on purpose. */
    public synchronized int dropped() {
        return dropped;
    }

    /** How many did not just pass: something was done to them, by whatever fault. */
    public synchronized int hits() {
        return hits;
    }

    /** Waits until so many have come from the source, whatever became of them. */
    public synchronized void awaitArrivals(int least, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (seen < least) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("Not within " + atMost + ": " + least + " notifications, only " + seen);
            }
            wait(left);
        }
    }

    synchronized boolean isConnected() {
        return !disconnected;
    }

    /** Whether what the source says of itself reaches the engine. */
    synchronized boolean isHeard() {
        return !disconnected && !silent && !frozen;
    }

    synchronized void freeze(boolean cold) {
        frozen = cold;
    }

    synchronized NotificationSink between(Set<String> listensTo, NotificationSink sink) {
        channels = Set.copyOf(listensTo);
        engine = sink;
        return new FaultySink(this, sink);
    }

    synchronized void received(Notification notification, NotificationSink sink) {
        seen++;
        notifyAll();
        if (disconnected || frozen || silent || mode == Mode.DROP || (dropEvery > 0 && seen % dropEvery == 0)) {
            dropped++;
            hits++;
        } else if (mode == Mode.HOLD) {
            held.add(notification);
            hits++;
        } else {
            NotificationRule rule = rules.ruleFor(notification);
            if (rule == null) {
                hits += mode == Mode.DOUBLE ? 1 : 0;
                pass(notification, sink);
            } else {
                hits++;
                meet(rule, notification, sink);
            }
        }
    }

    private void pass(Notification notification, NotificationSink sink) {
        sink.received(notification);
        if (mode == Mode.DOUBLE) {
            sink.received(notification);
        }
        Notification before = exchanged;
        if (before != null) {
            exchanged = null;
            sink.received(before);
        }
    }

    private void meet(NotificationRule rule, Notification notification, NotificationSink sink) {
        switch (rule.effect()) {
            case DROP -> dropped++;
            case DUPLICATE -> {
                pass(notification, sink);
                sink.received(notification);
            }
            case DELAY ->
                CompletableFuture.delayedExecutor(rule.delay().toNanos(), TimeUnit.NANOSECONDS)
                        .execute(() -> sink.received(notification));
            case EXCHANGE -> {
                Notification before = exchanged;
                exchanged = before == null ? notification : null;
                if (before != null) {
                    sink.received(notification);
                    sink.received(before);
                }
            }
            case CORRUPT -> pass(NotificationRules.damaged(notification), sink);
        }
    }

    private void deliver(boolean reversed) {
        List<Notification> all = new ArrayList<>(held);
        held.clear();
        if (exchanged != null) {
            all.add(exchanged);
            exchanged = null;
        }
        if (reversed) {
            Collections.reverse(all);
        }
        all.forEach(notification -> sink().received(notification));
    }

    private NotificationSink sink() {
        NotificationSink sink = engine;
        if (sink == null) {
            throw new IllegalStateException("this engine does not listen: it has no source of notifications");
        }
        return sink;
    }
}
