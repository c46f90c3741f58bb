package io.romancy.engine.commit;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Growing pauses between attempts to reach the storage, and two log lines for each outage: its begin and its end. */
final class Backoff {
    private static final Logger LOG = LoggerFactory.getLogger(CommitPipeline.class);
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Counts a failure and returns the pause before the next attempt, in nanoseconds: half of it fixed, half by chance. */
    long failed(String lane, Throwable e) {
        if (failures++ == 0) {
            LOG.warn(
                    "The storage cannot be reached; {} keeps its commits and tries again. error={}",
                    lane,
                    e.toString());
        }
        long pause = Math.min(LONGEST, FIRST << Math.min(failures, 10));
        return pause / 2 + random.nextLong(pause / 2 + 1);
    }

    void succeeded(String lane) {
        if (failures > 0) {
            LOG.info("The storage answers again; {} goes on after {} failed attempts", lane, failures);
            failures = 0;
        }
    }
}
