/** The world around the shop: a bank, and a carrier. They know nothing of Romancy. */
@Configuration
@Requires(env = "partners")
@NullMarked
package io.romancy.examples.shop.partners;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
