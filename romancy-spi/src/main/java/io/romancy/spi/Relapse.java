package io.romancy.spi;

import java.time.Duration;

/**
 * A run that was taken from one worker after the other without a record in between: what it does may be what ends them. It
 * waits for a while, so that it ends fewer.
 *
 * @param id of its instance
 * @param times how often in a row, at least {@value #FIRST}
 * @param pause until it may be claimed
 */
public record Relapse(String id, int times, Duration pause) {
    /** Workers die for reasons of their own too, so the first two times are no relapse, and cost nobody a pause. */
    public static final int FIRST = 3;

    /** The first pause; it doubles with each relapse. */
    public static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    /** The longest pause: in a cluster that is restarted again and again, a run that is innocent waits no longer. */
    public static final Duration MOST_PAUSE = Duration.ofMinutes(10);

    private static final int DOUBLINGS = 10;

    /** Whether a run that was taken this often in a row has relapsed. */
    public static boolean is(int times) {
        return times >= FIRST;
    }

    /** How long a run pauses that was taken this often in a row; zero if that is no relapse. */
    public static Duration pauseAfter(int times) {
        if (!is(times)) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(times - FIRST, DOUBLINGS));
        return doubled.compareTo(MOST_PAUSE) < 0 ? doubled : MOST_PAUSE;
    }
}
