package io.romancy.micronaut.http;

import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.PublishLaterException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer means for the event: nothing to add, never, or later. */
record AnswerRules(Destination destination, Clock clock) {
    /** Of the 4xx those that speak of the moment and not of the event. */
    private static final Set<Integer> OF_THE_MOMENT = Set.of(408, 425, 429);

    /** Returns if the event has arrived. */
    void judge(Answer answer) throws IOException {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        String told = destination.shown() + " answered " + answer.shown();
        if (status >= 300 && status < 400) {
            throw new IOException(
                    told + ", which leads to " + shown(answer.location()) + ". Redirects are not followed: set "
                            + HttpOutboxConfiguration.PREFIX + ".url to where events belong.");
        }
        if (status >= 400 && status < 500 && !OF_THE_MOMENT.contains(status)) {
            throw new EventRejectedException(told);
        }
        Duration pause = RetryAfter.read(answer, clock);
        if (pause != null) {
            throw new PublishLaterException(pause, told + ", and to come again in " + pause, null);
        }
        throw new IOException(told);
    }

    private static String shown(@Nullable String location) {
        return location == null
                ? "nowhere"
                : "'" + location.replaceAll("[?#].*", "?..").replaceAll("[^ -~]", "?") + "'";
    }
}
