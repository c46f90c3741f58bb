package io.romancy.sqlite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Question marks for a list of values. Their number is rounded up to a power of two and the last value repeated, so that only a few texts
 * have to be prepared whatever the sizes of the lists are.
 */
final class Placeholders {
    private Placeholders() {}

    /** For a list that is not empty. */
    static String of(Collection<?> values) {
        return "?" + ", ?".repeat(rounded(values.size()) - 1);
    }

    static <T> List<T> fill(Collection<T> values) {
        List<T> filled = new ArrayList<>(values);
        while (filled.size() < rounded(values.size())) {
            filled.add(filled.getLast());
        }
        return filled;
    }

    private static int rounded(int size) {
        int below = Integer.highestOneBit(size);
        return below == size ? size : below * 2;
    }
}
