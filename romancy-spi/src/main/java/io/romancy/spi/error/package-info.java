/** One exception root, and the codes by which a reader finds the page that explains an error. */
@NullMarked
package io.romancy.spi.error;

import org.jspecify.annotations.NullMarked;
