/**
 * Spans of OpenTelemetry: one trace from the caller through start, steps, messages and resumption, across processes and waits. There if
 * the application has a bean of {@code OpenTelemetry}; {@code romancy.tracing.enabled=false} leaves it out.
 */
@Configuration
@Requires(classes = OpenTelemetry.class)
@Requires(property = "romancy.tracing.enabled", notEquals = "false", defaultValue = "true")
@NullMarked
package io.romancy.micronaut.tracing;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.NullMarked;
