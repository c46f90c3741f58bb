@NullMarked
package io.romancy.testkit.replay;

import org.jspecify.annotations.NullMarked;
