/**
 * Romancy as beans of a Micronaut application: configured under {@code romancy.*}, started with the application and stopped with it.
 * {@code romancy.enabled=false} leaves all of it out.
 */
@Configuration
@Requires(property = "romancy.enabled", notEquals = "false", defaultValue = "true")
@NullMarked
package io.romancy.micronaut;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
