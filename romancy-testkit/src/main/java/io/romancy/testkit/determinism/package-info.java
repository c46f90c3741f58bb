/** A check of workflow byte code for calls that a replay would answer otherwise. */
@NullMarked
package io.romancy.testkit.determinism;

import org.jspecify.annotations.NullMarked;
