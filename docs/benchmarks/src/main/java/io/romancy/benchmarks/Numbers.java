package io.romancy.benchmarks;

import java.util.Locale;

/** Numbers as text, with three significant digits or so: more would only be noise. */
final class Numbers {
    private Numbers() {}

    static String of(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String text = String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** Nanoseconds as milliseconds. */
    static String millis(double nanos) {
        return of(nanos / 1e6) + " ms";
    }

    static String megabytes(double bytes) {
        return of(bytes / (1 << 20)) + " MB";
    }
}
