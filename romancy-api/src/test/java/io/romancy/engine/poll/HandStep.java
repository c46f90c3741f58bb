package io.romancy.engine.poll;

import java.time.Duration;

/** Lets tests of other packages step a poller's loop by hand. */
public final class HandStep {
    private HandStep() {}

    /** Takes one step; returns how long the loop would wait. */
    public static Duration of(PollLoops loops, String poller) {
        return Duration.ofNanos(loops.loop(poller).step());
    }
}
