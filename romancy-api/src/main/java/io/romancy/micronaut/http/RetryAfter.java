package io.romancy.micronaut.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
    /** A broker may ask for a day's rest; what asks for more has lost its mind. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    private RetryAfter() {}

    /** The pause that was asked for, at most a day; null if none was, or in words that nobody understands. */
    static @Nullable Duration read(Answer answer, Clock clock) {
        String written = answer.retryAfter();
        if (written == null) {
            return null;
        }
        if (SECONDS.matcher(written.strip()).matches()) {
            return bounded(Duration.ofSeconds(Long.parseLong(written.strip())));
        }
        Instant at = date(written);
        if (at == null) {
            return null;
        }
        // Their date against their date: the two clocks need not agree.
        Instant now = answer.date() == null ? null : date(answer.date());
        return bounded(Duration.between(now == null ? clock.instant() : now, at));
    }

    private static Duration bounded(Duration pause) {
        return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private static @Nullable Instant date(String written) {
        try {
            return ZonedDateTime.parse(written.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
