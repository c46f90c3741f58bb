/** Runs the orders as processes of their own, and kills them. */
@NullMarked
package io.romancy.examples.orders.run;

import org.jspecify.annotations.NullMarked;
