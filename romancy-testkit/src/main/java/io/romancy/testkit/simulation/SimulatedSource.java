package io.romancy.testkit.simulation;

import io.romancy.engine.seam.Environment;
import io.romancy.engine.seam.Fiber;
import io.romancy.engine.seam.Waiter;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSink;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import io.romancy.testkit.fault.Calls;
import io.romancy.testkit.fault.StorageCall;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one worker hears of the others: by a thread of its own, late, twice or not at all when the weather is bad. */
final class SimulatedSource implements NotificationSource {
    private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long LATE = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_DEADLINE = TimeUnit.SECONDS.toNanos(2);

    private final Environment environment;
    private final SimulatedBells bells;
    private final Calls calls;
    private final Weather weather;
    private final SplittableRandom dice;
    private final Trace trace;
    private final Waiter waiter;
    private final PriorityQueue<Coming> coming = new PriorityQueue<>();
    private Set<String> channels = Set.of();
    private SourceState state = SourceState.CONNECTING;
    private boolean cut;
    private long lastAt = Long.MIN_VALUE;
    private int number;
    private @Nullable Fiber fiber;

    SimulatedSource(
            Environment environment,
            SimulatedBells bells,
            Calls calls,
            Weather weather,
            SplittableRandom dice,
            Trace trace) {
        this.environment = environment;
        this.bells = bells;
        this.calls = calls;
        this.weather = weather;
        this.dice = dice;
        this.trace = trace;
        this.waiter = environment.newWaiter();
    }

    /** One notification on its way to here. */
    private record Coming(long at, int number, Notification notification) implements Comparable<Coming> {
        @Override
        public int compareTo(Coming other) {
            int byTime = Long.compare(at - other.at, 0);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    @Override
    public String description() {
        return "simulated notifications";
    }

    @Override
    public void start(Set<String> subscribed, NotificationSink sink) {
        channels = subscribed;
        fiber = environment.startLoop("notifications", () -> listen(sink));
    }

    @Override
    public void send(List<Notification> notifications) {
        calls.tell(StorageCall.NOTIFY, () -> bells.ring(notifications));
    }

    @Override
    public SourceState state() {
        return state;
    }

    @Override
    public void close() {
        state = SourceState.CLOSED;
        bells.remove(this);
        waiter.wake();
        if (fiber != null) {
            fiber.join(CLOSE_DEADLINE);
        }
    }

    /** Loses the connection, until {@link #mend}. */
    void cut() {
        cut = true;
        waiter.wake();
    }

    void mend() {
        cut = false;
        waiter.wake();
    }

    /** A notification was sent; whether and when it arrives is a matter of the weather. */
    void comes(Notification notification) {
        if (state != SourceState.LIVE || !channels.contains(notification.channel())) {
            return;
        }
        if (isMet(SimulatedFault.LOST_NOTIFICATIONS)) {
            return;
        }
        int times = isMet(SimulatedFault.DOUBLED_NOTIFICATIONS) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            long now = environment.nanoTime();
            boolean late = isMet(SimulatedFault.LATE_NOTIFICATIONS);
            long at = now + dice.nextLong(late ? LATE : USUAL);
            if (!late) {
                // in order, as a connection keeps it
                at = lastAt == Long.MIN_VALUE ? at : now + Math.max(at - now, lastAt - now);
                lastAt = at;
            }
            coming.add(new Coming(at, number++, notification));
        }
        waiter.wake();
    }

    private boolean isMet(SimulatedFault fault) {
        double chance = weather.chanceOf(fault);
        boolean met = chance > 0 && dice.nextDouble() < chance;
        if (met) {
            trace.count(fault);
        }
        return met;
    }

    private void listen(NotificationSink sink) {
        while (state != SourceState.CLOSED) {
            connect(sink);
            while (state == SourceState.LIVE) {
                if (cut) {
                    state = SourceState.DOWN;
                    coming.clear();
                    bells.remove(this);
                    sink.stateChanged(SourceState.DOWN, "cut on purpose");
                } else {
                    deliverNext(sink);
                }
            }
        }
    }

    /** Subscribes first, then tells of the gap, then is live. */
    private void connect(NotificationSink sink) {
        waiter.awaitUninterruptibly(dice.nextLong(USUAL));
        while (cut && state != SourceState.CLOSED) {
            waiter.awaitUninterruptibly(Long.MAX_VALUE);
        }
        if (state != SourceState.CLOSED) {
            bells.add(this);
            state = SourceState.LIVE;
            sink.gap("connected");
            sink.stateChanged(SourceState.LIVE, null);
        }
    }

    private void deliverNext(NotificationSink sink) {
        Coming next = coming.peek();
        long now = environment.nanoTime();
        if (next == null) {
            waiter.awaitUninterruptibly(Long.MAX_VALUE);
        } else if (next.at() - now > 0) {
            waiter.awaitUninterruptibly(next.at() - now);
        } else {
            coming.remove();
            sink.received(next.notification());
        }
    }
}
