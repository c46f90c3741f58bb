/**
 * An order from the basket to the thank-you letter, as a workflow: what an application that uses Romancy consists of. Open
 * {@link io.romancy.examples.orders.OrderProcessing} first.
 */
@NullMarked
package io.romancy.examples.orders;

import org.jspecify.annotations.NullMarked;
