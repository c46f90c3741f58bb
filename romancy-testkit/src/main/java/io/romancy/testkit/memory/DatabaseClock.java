package io.romancy.testkit.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The database's time: the one that tests move forward, and the unmoved one of leases. In microseconds, as databases keep it. */
final class DatabaseClock {
    private final InstantSource source;
    private Duration skew = Duration.ZERO;

    DatabaseClock(InstantSource source) {
        this.source = source;
    }

    /** By which rows become due, and which records and messages carry. */
    Instant now() {
        return unmoved().plus(skew);
    }

    /** By which leases end. */
    Instant unmoved() {
        return source.instant().truncatedTo(ChronoUnit.MICROS);
    }

    void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("the clock only moves forward, not by " + by);
        }
        skew = skew.plus(by);
    }
}
