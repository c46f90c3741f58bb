@NullMarked
package io.romancy.testkit.determinism;

import org.jspecify.annotations.NullMarked;
