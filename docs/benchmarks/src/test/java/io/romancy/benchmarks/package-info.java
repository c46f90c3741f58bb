/** Keeps the benchmarks from rotting. */
@NullMarked
package io.romancy.benchmarks;

import org.jspecify.annotations.NullMarked;
