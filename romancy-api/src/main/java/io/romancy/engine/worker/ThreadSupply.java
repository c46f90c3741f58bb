package io.romancy.engine.worker;

import io.romancy.engine.loop.Backoff;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.poll.PollerNames;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.Wake;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there are threads for runs. After one could not be started, nothing is taken for a while, which grows until one starts again: a
 * run that is given back is ready at once, and would be claimed and given back for ever. Thread-safe, returns at once.
 */
final class ThreadSupply {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadSupply.class);
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    private final Environment environment;
    private final Wake wake;
    private final Backoff backoff;
    private final Seldom seldom = new Seldom();
    private volatile boolean isShort;
    private volatile long until;

    ThreadSupply(Environment environment, Wake wake) {
        this.environment = environment;
        this.wake = wake;
        this.backoff = new Backoff(environment.random(), FIRST, LONGEST);
    }

    /** Whether it is worth to ask for one. If not, there is a poll as soon as it is: whoever asks now takes nothing. */
    boolean isOpen() {
        long left = isShort ? until - environment.nanoTime() : 0;
        if (left > 0) {
            wake.pollerIn(PollerNames.WORKFLOW_RESUMPTION, Duration.ofNanos(left));
        }
        return left <= 0;
    }

    void started() {
        if (isShort) {
            synchronized (this) {
                isShort = false;
                backoff.reset();
            }
        }
    }

    void failed(String id, Throwable why) {
        Duration pause;
        synchronized (this) {
            if (!isShort || environment.nanoTime() - until >= 0) { // all that were claimed together are one failure
                until = environment.nanoTime() + backoff.failed();
                isShort = true;
            }
            pause = Duration.ofNanos(Math.max(0, until - environment.nanoTime()));
        }
        if (seldom.now(environment.nanoTime())) {
            LOG.error(
                    "Run {} gets no thread here and is released; this worker takes none for {} ms{}",
                    id,
                    pause.toMillis(),
                    seldom.heldBack(),
                    why);
        }
        wake.pollerIn(PollerNames.WORKFLOW_RESUMPTION, pause);
    }
}
