package io.romancy.engine.poll;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.loop.Streak;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poller and its thread: looks when the schedule says so, one poll at a time, isolated from whatever the poller throws.
 *
 * <p>The schedule decides, the loop waits. A test that does not {@link #start} it calls {@link #step} by hand.
 */
final class PollLoop {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private final Environment environment;
    private final String name;
    private final Poller poller;
    private final Trust trust;
    private final Wake others;
    private final Consumer<EngineEvent> events;
    private final PollSchedule schedule;
    private final StepLoop loop;
    private final LongAdder polls = new LongAdder();
    private final LongAdder found = new LongAdder();
    private final LongAdder foundUnhinted = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final PollCounts counts = new PollCounts();
    private final Streak streak = new Streak(); // of failures; this and the next belong to the loop's thread
    private long streakSince;

    PollLoop(
            Environment environment,
            String name,
            Poller poller,
            Trust trust,
            PollSchedule schedule,
            Wake others,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.name = name;
        this.poller = poller;
        this.trust = trust;
        this.others = others;
        this.events = events;
        this.schedule = schedule;
        this.loop = new StepLoop(environment, "romancy-poll-" + name, this::step);
    }

    void start() {
        loop.start();
    }

    String name() {
        return name;
    }

    StepLoop loop() {
        return loop;
    }

    /** Looks, if it is time to; returns the nanoseconds to wait before the next step. */
    long step() {
        long now = environment.nanoTime();
        PollReason reason = schedule.begin(now);
        if (reason != null) {
            look(reason, now);
        }
        return schedule.waitNanos(environment.nanoTime());
    }

    void wake() {
        if (schedule.wake()) {
            loop.wake();
        }
    }

    void wakeIn(Duration delay) {
        if (schedule.wakeAt(environment.nanoTime() + Spans.nanos(delay))) {
            loop.wake();
        }
    }

    /** Somebody else looked for this poller; the loop finds out when it next asks its schedule. */
    void looked(long began) {
        schedule.looked(began, environment.nanoTime());
    }

    void gap() {
        if (schedule.gap()) {
            loop.wake();
        }
    }

    void trustLost() {
        if (schedule.trustLost(environment.nanoTime())) {
            loop.wake();
        }
    }

    /** No poll begins after this. */
    void close() {
        schedule.close();
        loop.stop();
    }

    PollerStats stats() {
        return new PollerStats(
                name,
                polls.sum(),
                found.sum(),
                foundUnhinted.sum(),
                failures.sum(),
                schedule.failuresInARow(),
                counts.byReason());
    }

    private void look(PollReason reason, long now) {
        PollContext context;
        PollResult result;
        try {
            polls.increment();
            context = new PollContext(reason, trust.holds(now));
            result = Objects.requireNonNull(poller.poll(context), "the poller returned null");
        } catch (Throwable e) { // an Error of a plugin too: one broken poller must not take a loop away for good
            failed(e);
            return;
        }
        int failuresBefore = schedule.succeeded(environment.nanoTime(), result);
        if (streak.tellsSuccess()) {
            recovered(failuresBefore);
        }
        found.add(result.found());
        counts.ended(context.reason(), result.found());
        if (context.reason() == PollReason.INTERVAL && context.notificationsTrusted()) {
            foundUnhinted.add(result.found());
        }
        result.alsoWake().forEach(others::poller);
        events.accept(
                new EngineEvent.PollFinished(name, context.reason(), result.found(), context.notificationsTrusted()));
    }

    private void failed(Throwable e) {
        long now = environment.nanoTime();
        var backOff = Duration.ofNanos(schedule.failed(now));
        failures.increment();
        if (schedule.isClosed()) {
            log.debug("Poller '{}' failed while closing", name, e);
            return;
        }
        int inARow = schedule.failuresInARow();
        streakSince = inARow == 1 ? now : streakSince;
        if (streak.tellsFailure(inARow, now)) {
            log.warn(
                    "Poller '{}' failed, trying again in {} ms and then less and less often; further failures are not logged{}",
                    name,
                    backOff.toMillis(),
                    streak.heldBack(),
                    e);
        } else {
            log.debug("Poller '{}' failed again, next try in {} ms", name, backOff.toMillis(), e);
        }
        events.accept(new EngineEvent.PollFailed(name, e, backOff));
    }

    private void recovered(int failuresBefore) {
        var lasted = Duration.ofNanos(environment.nanoTime() - streakSince);
        log.info("Poller '{}' works again after {} failures in {} ms", name, failuresBefore, lasted.toMillis());
    }
}
