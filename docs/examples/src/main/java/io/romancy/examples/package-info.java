/** Examples: one idea per file, each run by a test. */
@NullMarked
package io.romancy.examples;

import org.jspecify.annotations.NullMarked;
