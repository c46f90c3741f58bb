package io.romancy.engine.poll;

/**
 * Keeps a poller from spinning. Polls that find nothing and follow each other without a rest are slowed down, step by step, to a hundred
 * a second: a flood of forged hints, or a plugin that always says "due now", then costs little. The first {@value #FREE} are free, one
 * that finds something or comes after a rest begins anew, so a hint to an idle worker is never delayed. For one thread.
 */
final class Pace {
    static final int FREE = 8;
    static final long LONGEST_PAUSE = 10_000_000;

    private static final long FIRST_PAUSE = 250_000;
    private static final long REST = 2 * LONGEST_PAUSE;

    private int fruitless;
    private long lastEnd;

    /** Takes note of a poll and returns the nanoseconds for which the next one has to wait, usually none. */
    long ended(long startedAt, long endedAt, int found) {
        boolean rested = fruitless > 0 && startedAt - lastEnd >= REST;
        lastEnd = endedAt;
        if (found > 0) {
            fruitless = 0;
            return 0;
        }
        fruitless = rested ? 1 : fruitless + 1;
        if (fruitless <= FREE) {
            return 0;
        }
        return Math.min(FIRST_PAUSE << Math.min(fruitless - FREE - 1, 20), LONGEST_PAUSE);
    }
}
