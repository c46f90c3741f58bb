package io.romancy.micronaut;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Spans, in an application with OpenTelemetry.
 *
 * @param enabled false for none; then nothing of a trace is stored either. Default: true
 */
@ConfigurationProperties(RomancyConfiguration.PREFIX + ".tracing")
public record TracingConfiguration(@Nullable Boolean enabled) {}
