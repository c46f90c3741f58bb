package io.romancy.testkit.postgres;

import java.util.Locale;

/** How a server ends. */
public enum StopMode {
    /** Ends every session, writes a checkpoint and stops: what an administrator does. */
    FAST,
    /** Drops everything at once, and recovers at the next start: what a crash looks like. */
    IMMEDIATE;

    String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
