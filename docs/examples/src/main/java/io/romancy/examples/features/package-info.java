/** One idea in each file, without a set-up, run by a test. */
@NullMarked
package io.romancy.examples.features;

import org.jspecify.annotations.NullMarked;
