package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * What this application does for workflows.
 *
 * @param enabled false for a client, which starts, sends and asks, but runs no workflow. Default: true
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".worker")
public record WorkerConfiguration(@Nullable Boolean enabled) {}
