package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.loop.Streak;
import io.romancy.engine.poll.QuietEvents;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends hints through one source: the first at once, those of the next moment together; the moment grows to 10 ms while there is much. A
 * send that fails leaves a sweep owed to each of its channels, with a back-off between the tries; what comes meanwhile on these channels is
 * covered by the sweep.
 *
 * <p>Hints come from any thread; {@link #step} belongs to the loop, or to a test that did not start it.
 */
final class HintSender {
    static final long WINDOW = 10_000_000L;

    /** What it is while hints come one by one. It doubles from flush to flush while they come faster than that, or for long. */
    static final long FIRST_WINDOW = 1_000_000L;

    /** How often lone hints are sent on and on: two handlers that answer each other must not keep a server busy. */
    static final long STEADY = 4_000_000L;

    private static final long AHEAD = 50 * STEADY;

    private static final long FIRST_BACK_OFF = 100_000_000L;
    private static final long BACK_OFF_CAP = 30_000_000_000L;
    private static final long LOOK_WHETHER_BACK = 500_000_000L;
    private static final long IDLE = Long.MAX_VALUE;
    private static final Logger log = LoggerFactory.getLogger(HintSender.class);

    private final Environment environment;
    private final NotificationSource source;
    private final String prefix;
    private final QuietEvents events;
    private final HintBuffer buffer = new HintBuffer();
    private final HintText text = new HintText();
    private final Backoff backoff;
    private final StepLoop loop;
    private final LongAdder hints = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder collapsed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile int failuresInARow;
    private volatile boolean closing;
    private final Streak streak = new Streak(); // this and the next five belong to the loop
    private long notBefore;
    private boolean wasDown; // while the last send fails: whether the source has been without a connection since
    private long window = FIRST_WINDOW;
    private long steady; // when what was sent would have been sent at the steady pace
    private long hintsOwed;

    HintSender(Environment environment, NotificationSource source, String prefix, QuietEvents events) {
        this.environment = environment;
        this.source = source;
        this.prefix = prefix;
        this.events = events;
        this.backoff = new Backoff(environment.random(), FIRST_BACK_OFF, BACK_OFF_CAP);
        this.loop = new StepLoop(environment, "romancy-hints-out", this::step);
        this.notBefore = environment.nanoTime();
        this.steady = notBefore;
    }

    void start() {
        loop.start();
    }

    <P> void hint(NotificationChannel<P> channel, P payload) {
        if (closing) {
            return;
        }
        try {
            hints.increment();
            String name = prefix + channel.name();
            if (buffer.covers(name)) {
                return;
            }
            switch (buffer.add(new Notification(name, text.of(channel, payload, environment.nanoTime())))) {
                case FIRST -> loop.wake();
                case MORE -> {}
                case REFUSED -> dropped.increment();
            }
        } catch (
                Throwable e) { // the caller has committed: nothing that is only a hint may reach him, not even an Error
            dropped.increment();
        }
    }

    /** Sends what there is, if it is time to; returns the nanoseconds to wait. */
    long step() {
        boolean last = closing;
        if (buffer.channels() > 0) {
            long now = environment.nanoTime();
            if (!last && notBefore - now > 0 && !isBack()) {
                return untilNext(now);
            }
            HintBatch batch = buffer.take();
            window = windowAfter(batch.hints(), now);
            notBefore = now + window;
            send(batch);
        }
        return last ? StepLoop.DONE : buffer.channels() == 0 ? IDLE : untilNext(environment.nanoTime());
    }

    private long untilNext(long now) {
        long wait = Math.max(0, notBefore - now);
        return wasDown ? Math.min(wait, LOOK_WHETHER_BACK) : wait;
    }

    /** Whether the reason of the last failure is gone: nobody has to wait for the end of a back-off then. */
    private boolean isBack() {
        if (backoff.failures() == 0) {
            return false;
        }
        boolean live = source.state() == SourceState.LIVE;
        boolean back = wasDown && live;
        wasDown = !live;
        return back;
    }

    /** Longer while more than one hint comes in a millisecond, or sending is far ahead of the steady pace; shorter otherwise. */
    private long windowAfter(int hints, long now) {
        steady = (steady - now > 0 ? steady : now) + STEADY;
        if (now - notBefore > WINDOW) {
            return FIRST_WINDOW;
        }
        boolean isMuch = hints > window / FIRST_WINDOW || steady - now > AHEAD;
        return isMuch ? Math.min(WINDOW, window * 2) : Math.max(FIRST_WINDOW, window / 2);
    }

    /** Sends what is left, once, and ends, within this time and half a second more. */
    void close(Duration atMost) {
        closing = true;
        loop.wake();
        long started = environment.nanoTime();
        loop.join(Spans.nanos(atMost));
        var left = atMost.minusNanos(environment.nanoTime() - started);
        if (!StepLoop.close(environment, List.of(loop), left).isEmpty()) {
            log.warn("Closed, but sending hints did not end and was left behind");
        }
    }

    PublisherStats stats() {
        return new PublisherStats(
                hints.sum(),
                sent.sum(),
                collapsed.sum(),
                dropped.sum(),
                failures.sum(),
                failuresInARow,
                buffer.channels());
    }

    private void send(HintBatch batch) {
        try {
            source.send(batch.notifications());
        } catch (Throwable e) { // a source is a plugin
            failed(batch, e);
            return;
        }
        if (streak.tellsSuccess()) {
            log.info("Notifications are sent again, after {} failures", backoff.failures());
        }
        backoff.reset();
        wasDown = false;
        failuresInARow = 0;
        int count = batch.notifications().size();
        int stoodFor = Math.clamp(hintsOwed + batch.hints() - count, 0, Integer.MAX_VALUE);
        hintsOwed = 0;
        sent.add(count);
        collapsed.add(stoodFor);
        events.accept(new EngineEvent.HintsSent(count, stoodFor));
    }

    private void failed(HintBatch batch, Throwable e) {
        buffer.owe(batch);
        long delay = backoff.failed();
        notBefore = environment.nanoTime() + delay;
        failures.increment();
        failuresInARow = backoff.failures();
        hintsOwed += batch.hints();
        if (!closing && streak.tellsFailure(failuresInARow, environment.nanoTime())) {
            log.warn(
                    "Notifications could not be sent; other workers find the work by polling. Trying again in {} ms and then "
                            + "less and less often; further failures are not logged{}",
                    delay / 1_000_000,
                    streak.heldBack(),
                    e);
        } else {
            log.debug("Notifications could not be sent, next try in {} ms", delay / 1_000_000, e);
        }
        events.accept(new EngineEvent.HintsFailed(e));
        wasDown = source.state() != SourceState.LIVE;
    }
}
