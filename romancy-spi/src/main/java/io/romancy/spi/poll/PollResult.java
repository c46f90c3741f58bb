package io.romancy.spi.poll;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a poll found.
 *
 * @param found rows found
 * @param saturated whether there may be more: the poller is asked again at once
 * @param nextIn when the next row is known to be due, counted from now; null if unknown. Not an {@code Instant}: whose clock would it be?
 * @param alsoWake names of pollers that should look because of what was found
 */
public record PollResult(
        int found, boolean saturated, @Nullable Duration nextIn, Set<String> alsoWake) {
    private static final PollResult NOTHING = new PollResult(0, false, null, Set.of());

    public PollResult {
        alsoWake = Set.copyOf(alsoWake);
    }

    public static PollResult nothing() {
        return NOTHING;
    }

    public static PollResult found(int rows) {
        return new PollResult(rows, false, null, Set.of());
    }
}
