/** Where time, randomness and threads come into the engine, so that a simulation can take their place. */
@NullMarked
package io.romancy.engine.seam;

import org.jspecify.annotations.NullMarked;
