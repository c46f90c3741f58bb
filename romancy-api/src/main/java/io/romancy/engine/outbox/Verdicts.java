package io.romancy.engine.outbox;

import io.romancy.api.error.RetryLaterException;
import io.romancy.api.error.TerminalException;
import io.romancy.engine.config.EngineOptions;
import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.OutboxHead;
import io.romancy.spi.outbox.OutboxOutcome;
import io.romancy.spi.outbox.PublishLaterException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the end of a call means for its event: arrived, never, or later, and when. */
final class Verdicts {
    private static final int DEPTH = 20;

    /** Nobody means a longer one, and no clock that counts nanoseconds could wait for it. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

    private final EngineOptions.Outbox options;
    private final RandomGenerator random;

    Verdicts(EngineOptions.Outbox options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    boolean isTooOld(OutboxHead head) {
        Duration most = options.maxAge();
        return most != null && head.age().compareTo(most) >= 0;
    }

    OutboxOutcome tooOld(OutboxHead head) {
        return new OutboxOutcome.Expired(
                head,
                "not published within " + options.maxAge() + ", after "
                        + (head.event().attempt() - 1) + " attempts");
    }

    OutboxOutcome of(OutboxHead head, @Nullable Throwable failure, boolean timedOut) {
        if (timedOut) {
            return later(head, growing(head), "no answer within " + options.publishTimeout());
        }
        if (failure == null) {
            return new OutboxOutcome.Sent(head);
        }
        Throwable cause = failure;
        for (int i = 0; cause != null && i < DEPTH; i++, cause = cause.getCause()) {
            switch (cause) {
                case EventRejectedException rejected -> {
                    return new OutboxOutcome.Rejected(head, text(rejected));
                }
                case TerminalException terminal -> {
                    return new OutboxOutcome.Rejected(head, text(terminal));
                }
                case PublishLaterException named -> {
                    return later(head, named.pause(), text(named));
                }
                case RetryLaterException named -> {
                    return later(head, named.pause(), text(named));
                }
                default -> {} // the next cause may say more
            }
        }
        return later(head, growing(head), failure.toString());
    }

    OutboxOutcome later(OutboxHead head, String reason) {
        return later(head, growing(head), reason);
    }

    /** Not later than the moment in which the event is too old, so that this is noticed in time. */
    private OutboxOutcome later(OutboxHead head, Duration pause, String reason) {
        Duration most = options.maxAge();
        Duration bounded = shorter(pause, LONGEST_PAUSE);
        if (most != null) {
            Duration left = most.minus(head.age());
            bounded = shorter(bounded, left.isNegative() ? Duration.ZERO : left);
        }
        return new OutboxOutcome.Later(head, bounded, reason);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Doubles from attempt to attempt up to the longest, less a random part, so that many do not come back together. */
    private Duration growing(OutboxHead head) {
        long longest = options.longestPause().toNanos();
        long first = options.firstPause().toNanos();
        int doublings = Math.min(head.event().attempt() - 1, 40);
        long nominal = first > (longest >> doublings) ? longest : first << doublings;
        return Duration.ofNanos(nominal - random.nextLong(nominal / 5 + 1));
    }

    private static String text(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
