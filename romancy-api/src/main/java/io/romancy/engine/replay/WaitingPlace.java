package io.romancy.engine.replay;

import io.romancy.spi.model.ClaimedRun;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the thread of a suspended run waits for its next claim. The claim and the departure may race: one of them wins. */
final class WaitingPlace {
    /** Nobody waits here any more: a claim that comes now is for a new thread. */
    private static final Object GONE = new Object();

    private final AtomicReference<@Nullable Object> next = new AtomicReference<>();

    /** A claim that came, with the database's time of it. */
    record Resumption(ClaimedRun run, Instant now) {}

    /** Lays a claim down for the thread; false if one is there, or nobody is. */
    boolean offer(ClaimedRun run, Instant now) {
        return next.compareAndSet(null, new Resumption(run, now));
    }

    /** Takes the claim, if it came. */
    @Nullable
    Resumption take() {
        return next.getAndSet(null) instanceof Resumption came ? came : null;
    }

    /** Leaves for good; false if a claim came first. */
    boolean leave() {
        return next.compareAndSet(null, GONE);
    }
}
