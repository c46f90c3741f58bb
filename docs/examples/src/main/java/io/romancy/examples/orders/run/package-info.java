/**
 * Runs the example: a command that starts orders, lets the outside world act, shows progress, may be killed at any moment, and in the end
 * checks Romancy's records against the world's.
 */
@NullMarked
package io.romancy.examples.orders.run;

import org.jspecify.annotations.NullMarked;
