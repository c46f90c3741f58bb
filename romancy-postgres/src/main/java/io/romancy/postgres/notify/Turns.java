package io.romancy.postgres.notify;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the threads of a source going: one that ended without a word would leave a source that looks LIVE. An error that comes this
 * far is a bug of ours or a JVM without memory, where logging may fail as well.
 */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /** Between a turn that threw, which none should, and the next. Less than what a close waits for a thread. */
    private static final long AFTER_ERROR = 500_000_000L;

    private static final AtomicLong UNLOGGABLE = new AtomicLong();

    private Turns() {}

    /** Takes turns until one returns false; whatever one throws, the next comes after a pause. */
    static void take(BooleanSupplier turn) {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = turn.getAsBoolean();
            } catch (Throwable e) {
                log(() -> LOG.error(
                        "Unexpected error, the thread goes on ({} lines before could not be logged)",
                        UNLOGGABLE.get(),
                        e));
                Thread.interrupted(); // would end the pause; the end itself is in the state, at which the turn looks
                LockSupport.parkNanos(AFTER_ERROR);
            }
        }
    }

    /** Writes lines; what they tell of has happened, and goes on, also where they cannot be written. */
    static void log(Runnable lines) {
        try {
            lines.run();
        } catch (Throwable whileLogging) {
            UNLOGGABLE.incrementAndGet();
        }
    }
}
