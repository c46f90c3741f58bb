/** Runs the smallest example. */
@NullMarked
package io.romancy.examples.hello;

import org.jspecify.annotations.NullMarked;
