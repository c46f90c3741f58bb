/** The cache of prices, with and without notifications, and a handler that is found on the class path. */
@NullMarked
package io.romancy.examples.plugin;

import org.jspecify.annotations.NullMarked;
