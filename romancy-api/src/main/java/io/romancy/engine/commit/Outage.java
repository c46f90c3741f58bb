package io.romancy.engine.commit;

import io.romancy.engine.loop.Backoff;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Growing pauses between attempts to reach the storage, and two log lines for each outage: its begin and its end. For one thread. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(CommitPipeline.class);
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final String lane;
    private final Backoff backoff;

    Outage(String lane, RandomGenerator random) {
        this.lane = lane;
        this.backoff = new Backoff(random, FIRST, LONGEST);
    }

    /** Counts a failure and returns the pause before the next attempt, in nanoseconds. */
    long failed(Throwable e) {
        if (backoff.failures() == 0) {
            LOG.warn(
                    "The storage cannot be reached; {} keeps its commits and tries again. error={}",
                    lane,
                    e.toString());
        }
        return backoff.failed();
    }

    void succeeded() {
        if (backoff.failures() > 0) {
            LOG.info("The storage answers again; {} goes on after {} failed attempts", lane, backoff.failures());
            backoff.reset();
        }
    }
}
