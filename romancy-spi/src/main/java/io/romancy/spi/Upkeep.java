package io.romancy.spi;

import java.time.Duration;

/** What keeps the database small, and what only tests need. */
public interface Upkeep {
    /**
     * Deletes instances that ended longer ago than this, and messages of the same age that nobody can still receive; at most
     * {@code limit} of each, and fewer instances if their histories are long, so that a call takes a moment however long they are.
     * Returns how many rows went, records of histories included, about; the caller repeats while there are many. Never waits for a lock.
     */
    int purge(Duration retention, int limit);

    /**
     * Moves the clock by which rows become due forward, for every worker of this database and for good: how a test lets thirty days
     * pass. Leases do not move.
     */
    void advanceClock(Duration by);
}
