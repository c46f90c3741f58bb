package io.romancy.engine.poll;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Spans;
import io.romancy.engine.loop.StepLoop;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every poller's loop, and the one place where they are woken by name. Each has a thread of its own, so a poller that blocks or fails
 * delays no other.
 *
 * <p>While notifications are trusted, intervals stretch to the fallback interval. They are trusted once they have been live for the
 * hysteresis time, and no longer from the moment in which they are not live. Thread-safe; no method but {@link #close} waits.
 */
public final class PollLoops implements Schedules, AutoCloseable {
    /** How long notifications must have been live before they are trusted. */
    public static final Duration HYSTERESIS = Duration.ofSeconds(5);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final int MAX_UNKNOWN_NAMES = 100;
    private static final Logger log = LoggerFactory.getLogger(PollLoops.class);

    private final Environment environment;
    private final QuietEvents events;
    private final Trust trust;
    private final Map<String, PollLoop> loops;
    private final Set<String> unknownNames = ConcurrentHashMap.newKeySet();
    private boolean started;
    private boolean closed;

    public PollLoops(
            Environment environment, List<Poller> pollers, Duration fallbackInterval, Consumer<EngineEvent> events) {
        this(environment, pollers, fallbackInterval, HYSTERESIS, events);
    }

    /** Takes names and intervals of the pollers once; refuses two of the same name, and intervals that are not above zero. */
    public PollLoops(
            Environment environment,
            List<Poller> pollers,
            Duration fallbackInterval,
            Duration hysteresis,
            Consumer<EngineEvent> events) {
        this.environment = environment;
        this.events = new QuietEvents(events);
        this.trust = new Trust(Spans.nanos(hysteresis));
        Map<String, PollLoop> byName = new LinkedHashMap<>();
        for (Poller poller : pollers) {
            String name = poller.name();
            if (byName.put(name, loop(name, poller, fallbackInterval)) != null) {
                throw new RomancyException(
                        ErrorCode.DUPLICATE_NAME,
                        "Two pollers are named '" + name + "', the second is a "
                                + poller.getClass().getName() + ". Rename one: a wake finds its poller by the name.");
            }
        }
        this.loops = Collections.unmodifiableMap(byName);
    }

    /** Starts one loop for each poller; every poller looks once, at once. */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException(closed ? "closed" : "started before");
        }
        started = true;
        loops.values().forEach(PollLoop::start);
    }

    @Override
    public void poller(String name) {
        PollLoop loop = find(name);
        if (loop != null) {
            loop.wake();
        }
    }

    /** The earliest wish wins; later ones are forgotten, because a poll that looks knows itself what is due next. */
    @Override
    public void pollerIn(String name, Duration delay) {
        PollLoop loop = find(name);
        if (loop != null) {
            loop.wakeIn(delay);
        }
    }

    @Override
    public void looked(Set<String> pollers, long began) {
        for (PollLoop loop : loops.values()) {
            if (pollers.contains(loop.name())) {
                loop.looked(began);
            }
        }
    }

    /** Lets every poller look, because hints may have been missed. */
    public void gap() {
        loops.values().forEach(PollLoop::gap);
    }

    /** Says whether notifications are live, whenever that may have changed. */
    public void trust(boolean live) {
        if (trust.change(live, environment.nanoTime())) {
            loops.values().forEach(PollLoop::trustLost);
        }
    }

    public PollStats stats() {
        return new PollStats(
                trust.holds(environment.nanoTime()),
                loops.values().stream().map(PollLoop::stats).toList());
    }

    /** Closes within five seconds and a half. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Stops all loops. Polls that are under way have this long to end, then they are interrupted, and half a second later left to
     * themselves. No poll and no event begins after it returned. Again: does nothing new.
     */
    public synchronized void close(Duration atMost) {
        closed = true;
        close(loops.values(), atMost);
        events.close();
    }

    /** The same for the loops of these pollers only; the others go on. */
    public synchronized void stop(Set<String> pollers, Duration atMost) {
        close(
                loops.values().stream()
                        .filter(loop -> pollers.contains(loop.name()))
                        .toList(),
                atMost);
    }

    private void close(Collection<PollLoop> ending, Duration atMost) {
        ending.forEach(PollLoop::close);
        var stuck =
                StepLoop.close(environment, ending.stream().map(PollLoop::loop).toList(), atMost);
        if (!stuck.isEmpty()) {
            log.warn("Closed, but these did not end and were left behind: {}", stuck);
        }
    }

    /** The loop of a poller, to be stepped by hand. */
    PollLoop loop(String name) {
        PollLoop loop = loops.get(name);
        if (loop == null) {
            throw new IllegalArgumentException("no poller '" + name + "'");
        }
        return loop;
    }

    private PollLoop loop(String name, Poller poller, Duration fallbackInterval) {
        Duration interval = poller.interval();
        if (interval.isNegative() || interval.isZero()) {
            throw new RomancyException(
                    ErrorCode.PLUGIN_BROKEN,
                    "Poller '" + name + "' (" + poller.getClass().getName() + ") has the interval " + interval
                            + ", which is not above zero. Return the longest time between two polls.");
        }
        var schedule = new PollSchedule(
                environment.random(),
                trust,
                Spans.nanos(interval),
                Spans.nanos(fallbackInterval),
                environment.nanoTime());
        return new PollLoop(environment, name, poller, trust, schedule, this, events);
    }

    private @Nullable PollLoop find(String name) {
        PollLoop loop = loops.get(name);
        if (loop == null && unknownNames.size() < MAX_UNKNOWN_NAMES && unknownNames.add(name)) {
            log.warn("Ignored a wake for the poller '{}', which does not exist; there are {}", name, loops.keySet());
        }
        return loop;
    }
}
