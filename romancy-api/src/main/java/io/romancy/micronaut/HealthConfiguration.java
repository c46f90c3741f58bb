package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Romancy says of itself to a readiness check, in an application with {@code micronaut-management}.
 *
 * @param enabled false to say nothing. Default: true
 * @param timeout how long the database may take to answer before it counts as down. Default: 2 s
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".health")
public record HealthConfiguration(
        @Nullable Boolean enabled, @Nullable Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public HealthConfiguration {
        if (timeout != null && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
            throw new RomancyException(
                    ErrorCode.INVALID_OPTION,
                    "Option romancy.health.timeout = " + timeout + " is refused: it is not between " + SHORTEST
                            + " and " + LONGEST + ". Take a time between them.");
        }
    }

    /** The time-out, or its default. */
    public Duration longestWait() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }
}
