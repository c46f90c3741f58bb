package io.romancy.api.observe;

/** By what a worker came to know that an instance could go on. */
public enum PickupPath {
    /** By itself: it sent or started what the instance waited for, and claimed it on the same way. */
    HERE,
    /** By a hint, from this process or by notification. */
    HINT,
    /** The time was known at which it became due. */
    DUE,
    /** An interval ended. While notifications work, this is what they missed. */
    INTERVAL,
    /** The sweep after notifications may have been missed. */
    GAP,
    /** A poll at the start, after a failed one, or after one that had found as much as it could take. */
    OTHER
}
