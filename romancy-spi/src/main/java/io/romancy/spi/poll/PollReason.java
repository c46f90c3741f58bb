package io.romancy.spi.poll;

/** Why a poller is asked to look. */
public enum PollReason {
    /** The engine started. */
    START,
    /** Its interval ended. Rows found for this reason while notifications are trusted are the measure of lost hints. */
    INTERVAL,
    /** It is the time that the poller itself, or a hint about a time, named. */
    DUE,
    /** A hint, from this process or by notification. */
    WAKE,
    /** Notifications may have been missed: everything is looked at once. */
    GAP,
    /** The last poll found as much as it may take at once. */
    AGAIN,
    /** The last poll failed; this is the next try after the back-off. */
    RETRY
}
