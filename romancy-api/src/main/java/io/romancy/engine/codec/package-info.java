/** How values and failures become bytes and come back: the seam, and what stands behind it without a framework. */
@NullMarked
package io.romancy.engine.codec;

import org.jspecify.annotations.NullMarked;
