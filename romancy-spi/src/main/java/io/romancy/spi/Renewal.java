package io.romancy.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a renewal.
 *
 * @param held whether the lease was still there and now lasts longer
 * @param nextExpiryIn how long until the lease of another node ends if nobody renews it; zero if one has ended; null if there is none
 * @param why if it is not held though it was renewed in time: why the storage ended it, as a part of a sentence; else null
 */
public record Renewal(
        boolean held,
        @Nullable Duration nextExpiryIn,
        @Nullable String why) {
    /** One that lasts, or ran out. */
    public Renewal(boolean held, @Nullable Duration nextExpiryIn) {
        this(held, nextExpiryIn, null);
    }
}
