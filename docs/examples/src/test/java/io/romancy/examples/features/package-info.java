/** Runs each of the features. */
@NullMarked
package io.romancy.examples.features;

import org.jspecify.annotations.NullMarked;
