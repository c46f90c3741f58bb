package io.romancy.engine.worker;

import io.romancy.spi.model.Claim;

/**
 * Whether the next claim should bring histories along, by what the last ones met. A thread that waits here needs no history, and then it
 * was read for nothing; a run that must be replayed and came without has to ask for it, which costs about four times as much.
 *
 * <p>Not thread-safe.
 */
final class Foresight {
    private static final int CERTAIN = 16;
    private static final int COST_OF_ASKING = 4;

    /** A worker that has just begun has no threads that wait. */
    private int score = CERTAIN;

    /** A claim met a run. At the first one it has no history, whoever runs it. */
    void met(Claim claim, boolean resumed) {
        if (resumed) {
            score = Math.max(-CERTAIN, score - 1);
        } else if (!claim.isFirst()) {
            score = Math.min(CERTAIN, score + COST_OF_ASKING);
        }
    }

    boolean histories() {
        return score > 0;
    }
}
