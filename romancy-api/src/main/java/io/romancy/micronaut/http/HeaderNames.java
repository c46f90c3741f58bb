package io.romancy.micronaut.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in the head of a request. */
final class HeaderNames {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** They say where the request begins and ends, or what its body is. */
    private static final Set<String> TAKEN = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderNames() {}

    /** Whether it is a name of a header, and of none that the event or the connection needs. */
    static boolean isFree(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TOKEN.matcher(name).matches() && !TAKEN.contains(lower) && !lower.startsWith("ce-");
    }

    static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
    }
}
