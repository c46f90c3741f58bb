package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The policy of steps and activities that have none.
 *
 * @param attempts the most attempts, the first included; 0 for no limit. Default: 5
 * @param delay the pause after the first failure. Default: 1 s
 * @param multiplier by how much each pause is longer than the one before. Default: 2
 * @param maxDelay the longest pause. Default: 60 s
 * @param jitter the part of a pause, 0 to 1, by which it is made longer or shorter at random. Default: 0.2
 * @param maxDuration no attempt begins later than this after the first one began. Default: no limit
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".default-retry")
public record RetryConfiguration(
        @Nullable Integer attempts,
        @Nullable Duration delay,
        @Nullable Double multiplier,
        @Nullable Duration maxDelay,
        @Nullable Double jitter,
        @Nullable Duration maxDuration) {
    /** Refuses what contradicts itself, by the keys of this configuration, whoever asks first. */
    RetryPolicy policy() {
        try {
            return PolicyParts.of(attempts, delay, multiplier, maxDelay, maxDuration)
                    .over(
                            jitter == null
                                    ? RetryPolicy.defaults()
                                    : RetryPolicy.defaults().jitter(jitter));
        } catch (RomancyException e) {
            throw OptionKeys.ofRetry(e);
        }
    }
}
