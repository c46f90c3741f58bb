/**
 * How Romancy is, for Micronaut's readiness check. There in an application with {@code micronaut-management};
 * {@code romancy.health.enabled=false} leaves it out.
 */
@Configuration
@Requires(classes = HealthIndicator.class)
@Requires(property = "romancy.health.enabled", notEquals = "false", defaultValue = "true")
@NullMarked
package io.romancy.micronaut.health;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.management.health.indicator.HealthIndicator;
import org.jspecify.annotations.NullMarked;
