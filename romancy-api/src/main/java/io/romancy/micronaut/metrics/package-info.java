/**
 * Meters of Micrometer for what the engine does and counts. There in an application with Micrometer; {@code romancy.metrics.enabled=false}
 * leaves them out.
 */
@Configuration
@Requires(classes = MeterBinder.class)
@Requires(property = "romancy.metrics.enabled", notEquals = "false", defaultValue = "true")
@NullMarked
package io.romancy.micronaut.metrics;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
