package io.romancy.engine.loop;

import java.time.Duration;

/** Durations as nanoseconds that can be added to any {@code nanoTime}, and as short text for a log line. */
public final class Spans {
    /** The longest span, some 100 years: two of them added still do not overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Spans() {}

    /** Nanoseconds; nothing below zero, nothing above 100 years. */
    public static long nanos(Duration span) {
        return bounded(span).toNanos();
    }

    /** The same span; nothing below zero, nothing above 100 years, so that it can be added to any time that a database knows. */
    public static Duration bounded(Duration span) {
        if (span.isNegative()) {
            return Duration.ZERO;
        }
        return span.compareTo(LONGEST) < 0 ? span : LONGEST;
    }

    /** Whole seconds as {@code 30s}, all else as {@code 1500ms}. */
    public static String text(Duration span) {
        return span.toNanosPart() == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
}
