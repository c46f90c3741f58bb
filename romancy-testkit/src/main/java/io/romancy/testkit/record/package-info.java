/** Hears what engines report, keeps it as values, and lets a test wait for events instead of time. */
@NullMarked
package io.romancy.testkit.record;

import org.jspecify.annotations.NullMarked;
