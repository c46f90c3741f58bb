package io.romancy.engine.poll;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.seam.ManualEnvironment;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loops that are stepped by hand, with the usual figures: 30 s fallback, 5 s hysteresis. */
final class PollRig {
    static final Duration FALLBACK = Duration.ofSeconds(30);
    static final Duration HYSTERESIS = Duration.ofSeconds(5);

    final ManualEnvironment environment;
    final List<EngineEvent> events = new ArrayList<>();
    final PollLoops loops;

    PollRig(long seed, Poller... pollers) {
        this(
                new ManualEnvironment(seed, Long.MAX_VALUE - 1_000),
                pollers); // overflows at once: time is only compared by difference
    }

    PollRig(ManualEnvironment environment, Poller... pollers) {
        this.environment = environment;
        this.loops = new PollLoops(environment, List.of(pollers), FALLBACK, HYSTERESIS, events::add);
    }

    /** One step; returns how long its loop would wait. */
    Duration step(String poller) {
        return Duration.ofNanos(loops.loop(poller).step());
    }

    Duration step(Poller poller) {
        return step(poller.name());
    }

    /** Steps and lets the time pass for which the loop would wait; returns it. */
    Duration stepAndWait(Poller poller) {
        Duration wait = step(poller);
        environment.pass(wait);
        return wait;
    }

    /** Lets time pass as a loop would, step by step. */
    void runFor(Duration span, Poller poller) {
        long end = environment.nanoTime() + span.toNanos();
        while (true) {
            long wait = loops.loop(poller.name()).step();
            long left = end - environment.nanoTime();
            if (wait >= left) {
                environment.passNanos(left);
                return;
            }
            environment.passNanos(wait);
        }
    }

    /** Notifications have been live for longer than the hysteresis, and the poller has looked since. */
    void trusted(Poller poller) {
        loops.trust(true);
        runFor(HYSTERESIS.plusSeconds(2), poller);
    }

    <E extends EngineEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends EngineEvent> @Nullable E lastEvent(Class<E> kind) {
        var all = events(kind);
        return all.isEmpty() ? null : all.getLast();
    }
}
