/**
 * A web shop of two applications. {@link io.romancy.examples.shop.orders} takes orders and sees them through: open {@code OrderProcess} first.
 * {@link io.romancy.examples.shop.partners} is the world around it: a bank, and a carrier that hears of parcels by events.
 */
@NullMarked
package io.romancy.examples.shop;

import org.jspecify.annotations.NullMarked;
