/**
 * The world outside the application, played in one SQLite file that Romancy never touches: a warehouse, a payment provider, a carrier that
 * is often down, and customers who pay at once, late, never, or change their mind. It remembers every call that it got, which is what
 * the report at the end is checked against.
 */
@NullMarked
package io.romancy.examples.orders.world;

import org.jspecify.annotations.NullMarked;
