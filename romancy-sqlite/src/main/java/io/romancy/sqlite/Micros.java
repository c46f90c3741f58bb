package io.romancy.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the file keeps them: whole microseconds since 1970. What lies beyond 200,000 years counts as the end of that time. */
final class Micros {
    /** Far enough for any timer, and near enough that adding two of them cannot overflow. */
    static final long END = Long.MAX_VALUE / 4;

    private static final Duration LONGEST = Duration.of(END, ChronoUnit.MICROS);
    private static final Instant LAST = Instant.EPOCH.plus(LONGEST);
    private static final Instant FIRST = Instant.EPOCH.minus(LONGEST);

    private Micros() {}

    static long of(Instant time) {
        if (time.isAfter(LAST)) {
            return END;
        }
        return time.isBefore(FIRST) ? -END : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static long of(Duration span) {
        if (span.compareTo(LONGEST) > 0) {
            return END;
        }
        return span.compareTo(LONGEST.negated()) < 0 ? -END : span.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
