/** The recorder, which other tests trust to fail when it should. */
@NullMarked
package io.romancy.testkit.record;

import org.jspecify.annotations.NullMarked;
