@NullMarked
package io.romancy.testkit.postgres;

import org.jspecify.annotations.NullMarked;
