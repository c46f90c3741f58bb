package io.romancy.micronaut;

import io.romancy.api.activity.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The parts of a retry policy that somebody names; the others come from the policy below. */
record PolicyParts(
        @Nullable Integer attempts,
        @Nullable Duration delay,
        @Nullable Double multiplier,
        @Nullable Duration maxDelay,
        @Nullable Duration maxDuration) {
    static PolicyParts of(
            @Nullable Integer attempts,
            @Nullable Duration delay,
            @Nullable Double multiplier,
            @Nullable Duration maxDelay,
            @Nullable Duration maxDuration) {
        return new PolicyParts(attempts, delay, multiplier, maxDelay, maxDuration);
    }

    /** The policy with these parts instead of its own. Both delays change together: either alone may not fit the other that goes. */
    RetryPolicy over(RetryPolicy below) {
        Duration first = delay == null ? below.delay() : delay;
        Duration longest =
                maxDelay != null ? maxDelay : first.compareTo(below.maxDelay()) > 0 ? first : below.maxDelay();
        return new RetryPolicy(
                attempts == null ? below.attempts() : attempts,
                first,
                multiplier == null ? below.multiplier() : multiplier,
                longest,
                below.jitter(),
                maxDuration == null ? below.maxDuration() : maxDuration,
                below.noRetryFor());
    }

    boolean isEmpty() {
        return attempts == null && delay == null && multiplier == null && maxDelay == null && maxDuration == null;
    }
}
