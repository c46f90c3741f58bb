package io.romancy.engine.replay;

import io.romancy.engine.seam.Environment;
import java.time.Instant;

/** The times that a run goes by, all of them the database's. For the run's own thread. */
final class RunClock {
    private final Environment environment;
    private final Instant startedAt;
    private Instant recordedAt;
    private Instant lookedAt;
    private long lookedNanos;

    RunClock(Environment environment, Instant startedAt, Instant now) {
        this.environment = environment;
        this.startedAt = startedAt;
        this.recordedAt = startedAt;
        looked(now);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** The time of the last record that was read or written; before the first one, of the start. */
    Instant recordedAt() {
        return recordedAt;
    }

    void recorded(Instant at) {
        recordedAt = at;
    }

    /** When this run last looked outside: what was due by then is due. */
    Instant lookedAt() {
        return lookedAt;
    }

    void looked(Instant now) {
        lookedAt = now;
        lookedNanos = environment.nanoTime();
    }

    /** About what the database's clock says now: its last word and the span since. Decides nothing that is due. */
    Instant about() {
        return lookedAt.plusNanos(environment.nanoTime() - lookedNanos);
    }
}
