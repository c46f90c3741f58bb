package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How events of the outbox are relayed.
 *
 * @param enabled false to publish no events here: they are added all the same, and wait for an application that does. Default: true
 * @param interval how often to look for events, without notifications. Default: 1 s, or {@code romancy.notify-fallback-interval} if that
 *     is shorter
 * @param maxEventsPerBatch the most events that wait in memory to be published. Default: 200
 * @param concurrency calls of publishers at once. Default: 32
 * @param publishTimeout how long one call of a publisher may take; at most four fifths of {@code romancy.lease-duration} less
 *     {@code romancy.lease-renewal}. Default: 5 s, or that if it is shorter
 * @param retryDelay the pause after the first failed attempt to publish an event; each further one doubles it. Default: 1 s
 * @param maxRetryDelay the longest pause between two attempts. Default: 5 min
 * @param maxAge the age after which an event that could not be published is given up; {@code never} to never give one up. Default: 7 days
 * @param retention the age after which events that were published or given up are deleted; {@code forever} to keep them indefinitely.
 *     Default: 7 days
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".outbox")
public record OutboxConfiguration(
        @Nullable Boolean enabled,
        @Nullable Duration interval,
        @Nullable Integer maxEventsPerBatch,
        @Nullable Integer concurrency,
        @Nullable Duration publishTimeout,
        @Nullable Duration retryDelay,
        @Nullable Duration maxRetryDelay,
        @Nullable String maxAge,
        @Nullable String retention) {}
