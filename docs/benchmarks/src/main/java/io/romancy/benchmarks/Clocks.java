package io.romancy.benchmarks;

import java.time.Instant;

/** The clock that two processes of one machine share. */
final class Clocks {
    private Clocks() {}

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
