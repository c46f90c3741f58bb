/** Faults, which other tests trust to strike when they say so. */
@NullMarked
package io.romancy.testkit.fault;

import org.jspecify.annotations.NullMarked;
