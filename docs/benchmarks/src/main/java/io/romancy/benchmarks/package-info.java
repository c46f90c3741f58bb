/** Measures throughput and the time from a commit to the wake-up that it causes, against real databases. */
@NullMarked
package io.romancy.benchmarks;

import org.jspecify.annotations.NullMarked;
