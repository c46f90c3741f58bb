/** Workers of a test that die, pause and stop. */
@NullMarked
package io.romancy.testkit.workers;

import org.jspecify.annotations.NullMarked;
