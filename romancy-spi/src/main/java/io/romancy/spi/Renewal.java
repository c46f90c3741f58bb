package io.romancy.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a renewal.
 *
 * @param held whether the lease was still there and now lasts longer
 * @param nextExpiryIn how long until the lease of another node ends if nobody renews it; zero if one has ended; null if there is none
 */
public record Renewal(boolean held, @Nullable Duration nextExpiryIn) {}
