package io.romancy.api.activity;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed step is tried again. Failed attempts and the time of the next one survive a crash. An attempt in which the
 * process dies has no outcome, so it does not count, and is made again by whoever takes over.
 *
 * @param attempts the most attempts, the first included; 0 for no limit
 * @param delay the pause after the first failure
 * @param multiplier by how much each pause is longer than the one before; 1 for equal pauses
 * @param maxDelay the longest pause
 * @param jitter the part of a pause, 0 to 1, by which it is made longer or shorter at random, so that what failed together does not
 *     come back together
 * @param maxDuration no attempt begins later than this after the first one began; null for no limit. A compensation that nobody ran for
 *     longer than this is tried once more all the same: what was done waits to be undone
 * @param noRetryFor failures of these types, or caused by them, are final at once; {@code TerminalException} always is
 */
public record RetryPolicy(
        int attempts,
        Duration delay,
        double multiplier,
        Duration maxDelay,
        double jitter,
        @Nullable Duration maxDuration,
        Set<Class<? extends Throwable>> noRetryFor) {
    private static final int MAX_CAUSES = 64;
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0.2, null, Set.of());

    public RetryPolicy {
        noRetryFor = Set.copyOf(noRetryFor);
        if (attempts < 0) {
            throw refuse("attempts", attempts, "it is negative", "Take 0 for no limit, or 1 and more");
        }
        within("delay", delay);
        within("maxDelay", maxDelay);
        if (!(multiplier >= 1) || Double.isInfinite(multiplier)) {
            throw refuse(
                    "multiplier", multiplier, "pauses would shrink to nothing", "Take 1 for equal pauses, or more");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw refuse("jitter", jitter, "it is no part of a pause", "Take a number from 0 to 1");
        }
        if (maxDelay.compareTo(delay) < 0) {
            throw refuse(
                    "maxDelay", maxDelay, "it is shorter than the first pause, delay " + delay, "Change one of them");
        }
        if (maxDuration != null) {
            within("maxDuration", maxDuration);
        }
    }

    /** 5 attempts; pauses of 1 s, twice as long each time, at most 60 s, 20 % jitter. */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /** One attempt only. */
    public static RetryPolicy none() {
        return DEFAULTS.attempts(1);
    }

    /** The same with another number of attempts; 0 for no limit. */
    public RetryPolicy attempts(int most) {
        return new RetryPolicy(most, delay, multiplier, maxDelay, jitter, maxDuration, noRetryFor);
    }

    /** The same with another first pause. A longest pause that would be shorter grows with it. */
    public RetryPolicy delay(Duration first) {
        Duration longest = maxDelay.compareTo(first) < 0 ? first : maxDelay;
        return new RetryPolicy(attempts, first, multiplier, longest, jitter, maxDuration, noRetryFor);
    }

    /** The same with another growth. */
    public RetryPolicy multiplier(double factor) {
        return new RetryPolicy(attempts, delay, factor, maxDelay, jitter, maxDuration, noRetryFor);
    }

    /** The same with another longest pause. */
    public RetryPolicy maxDelay(Duration longest) {
        return new RetryPolicy(attempts, delay, multiplier, longest, jitter, maxDuration, noRetryFor);
    }

    /** The same with another jitter. */
    public RetryPolicy jitter(double part) {
        return new RetryPolicy(attempts, delay, multiplier, maxDelay, part, maxDuration, noRetryFor);
    }

    /** The same with a limit to the whole. */
    public RetryPolicy maxDuration(Duration longest) {
        return new RetryPolicy(attempts, delay, multiplier, maxDelay, jitter, longest, noRetryFor);
    }

    /** The same with one more type of failure that is final at once. */
    public RetryPolicy noRetryFor(Class<? extends Throwable> type) {
        Set<Class<? extends Throwable>> more = new LinkedHashSet<>(noRetryFor);
        more.add(type);
        return new RetryPolicy(attempts, delay, multiplier, maxDelay, jitter, maxDuration, more);
    }

    /** Whether there is another attempt after this many, as far as their number goes. */
    public boolean allowsAfter(int attemptsMade) {
        return attempts == 0 || attemptsMade < attempts;
    }

    /** Whether this failure, or one of its causes, is of a type that is not tried again. */
    public boolean isFinal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            for (Class<? extends Throwable> type : noRetryFor) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The pause after this many attempts (1 and more), jitter included; never longer than {@code maxDelay}. */
    public Duration pauseAfter(int attemptsMade, RandomGenerator random) {
        double longest = nanos(maxDelay);
        double grown = Math.min(longest, nanos(delay) * Math.pow(multiplier, Math.max(0, attemptsMade - 1)));
        double moved = grown * (1 + jitter * (2 * random.nextDouble() - 1));
        return Duration.ofNanos((long) Math.min(longest, Math.max(0, moved)));
    }

    private static double nanos(Duration span) {
        return span.toNanos();
    }

    private static void within(String what, Duration span) {
        if (span.isNegative() || span.compareTo(LONGEST) > 0) {
            throw refuse(what, span, "it is negative or longer than ten years", "Take a span from zero to ten years");
        }
    }

    private static RomancyException refuse(String what, Object value, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_ARGUMENT,
                "Retry policy: " + what + " " + value + " is refused: " + reason + ". " + remedy + ".");
    }
}
