package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;

/**
 * Meters, in an application with Micrometer.
 *
 * @param enabled false for none. Default: true
 * @param maxTagValues the most names of workflows, of steps, of channels and of types of events, each, that meters tell apart; any
 *     further one is counted as {@code other}. Default: 200
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".metrics")
public record MetricsConfiguration(
        @Nullable Boolean enabled, @Nullable Integer maxTagValues) {
    private static final int DEFAULT_TAG_VALUES = 200;
    private static final int MOST_TAG_VALUES = 100_000;

    public MetricsConfiguration {
        if (maxTagValues != null && (maxTagValues < 1 || maxTagValues > MOST_TAG_VALUES)) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "Option romancy.metrics.max-tag-values = " + maxTagValues + " is refused: it is not between 1 and "
                            + MOST_TAG_VALUES + ". Take a number between them.");
        }
    }

    /** How many values a tag may have, or the default. */
    public int mostTagValues() {
        return maxTagValues == null ? DEFAULT_TAG_VALUES : maxTagValues;
    }
}
