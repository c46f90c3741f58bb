/** The shop: its orders, its stock, and the workflow that sees an order through. */
@Configuration
@Requires(env = "shop")
@NullMarked
package io.romancy.examples.shop.orders;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
