/** The simulation, and what it finds. */
@NullMarked
package io.romancy.testkit.simulation;

import org.jspecify.annotations.NullMarked;
