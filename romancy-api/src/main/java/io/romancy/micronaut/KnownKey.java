package io.romancy.micronaut;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.naming.NameUtils;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A key that somebody reads.
 *
 * @param text as it is written, {@code *} for any name
 * @param type what its value has to be; Object for anything
 */
record KnownKey(String text, Class<?> type) {
    private static final String MEMBER = "(?:\\[\\d+]|\\.\\d+)?";

    static KnownKey of(String text) {
        return new KnownKey(text, Object.class);
    }

    /** Whether this value can be taken, which Micronaut leaves out without a word if it cannot. */
    boolean takes(Object value, ConversionService conversion) {
        return type == Boolean.class
                ? value.toString().equals("true") || value.toString().equals("false")
                : conversion.convert(value, type).isPresent();
    }

    /** What it has to be, in words. */
    String kind() {
        if (type == Boolean.class) {
            return "neither on nor off. Take true or false";
        }
        if (type == Duration.class) {
            return "no time. Take one such as 10s";
        }
        if (type.isEnum()) {
            return "none of its values. Take one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value -> value.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return Number.class.isAssignableFrom(type)
                ? "no number that fits. Take one such as 10"
                : "no value of it. The configuration reference says what is";
    }

    boolean matches(String key) {
        return matches(NameUtils.hyphenate(text, true), key);
    }

    /** The same for the name of an environment variable, which tells no dot from a hyphen. */
    boolean matchesLoosely(String key) {
        return matches(loose(text), loose(key));
    }

    /** Of a list each member can have a key. */
    private boolean matches(String known, String key) {
        String pattern =
                Arrays.stream(known.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
        return key.matches(List.class.isAssignableFrom(type) ? pattern + MEMBER : pattern);
    }

    /** The one that takes the fewest changes to come to. */
    static String nearest(String key, List<KnownKey> known) {
        return known.stream()
                .map(KnownKey::text)
                .min(Comparator.comparingInt(text -> distance(loose(key), loose(text))))
                .orElse("none");
    }

    private static String loose(String key) {
        return key.replace('-', '.').toLowerCase(Locale.ROOT);
    }

    /** Characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
