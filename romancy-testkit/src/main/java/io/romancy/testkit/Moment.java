package io.romancy.testkit;

/** At what a worker can be made to die. */
public enum Moment {
    /**
     * The write that makes an operation's record durable; named by the operation, such as {@code charge} or {@code receive:paid}. Of an
     * activity in the application's transaction it is the write into that transaction before, and its commit after.
     */
    COMMIT,
    /** The sending of notifications; named by the channel, without prefix. */
    NOTIFY,
    /** The body of a step; named by the step. */
    STEP
}
