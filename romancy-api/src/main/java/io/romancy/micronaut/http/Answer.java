package io.romancy.micronaut.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param date when it was sent, by the clock of whoever sent it
 * @param text the beginning of the body, on one line
 */
record Answer(
        int status,
        String reason,
        @Nullable String location,
        @Nullable String retryAfter,
        @Nullable String date,
        String text) {
    private static final int SHOWN = 300;

    static Answer of(HttpResponse<?> response, byte[] beginning) {
        var headers = response.getHeaders();
        return new Answer(
                response.code(),
                oneLine(response.reason()),
                headers.get(HttpHeaders.LOCATION),
                headers.get(HttpHeaders.RETRY_AFTER),
                headers.get(HttpHeaders.DATE),
                oneLine(new String(beginning, StandardCharsets.UTF_8)));
    }

    /** The answer as a person reads it. */
    String shown() {
        return (status + " " + reason).strip() + (text.isEmpty() ? "" : ": " + text);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Z}\\ufffd]+", " ").strip();
        return line.codePointCount(0, line.length()) > SHOWN
                ? line.substring(0, line.offsetByCodePoints(0, SHOWN)) + ".."
                : line;
    }
}
