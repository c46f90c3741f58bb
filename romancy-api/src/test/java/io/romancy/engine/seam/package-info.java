@NullMarked
package io.romancy.engine.seam;

import org.jspecify.annotations.NullMarked;
