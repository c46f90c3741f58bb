/** A plugin: a cache of the application's own table that is kept fresh by the engine's machinery. */
@NullMarked
package io.romancy.examples.plugin;

import org.jspecify.annotations.NullMarked;
