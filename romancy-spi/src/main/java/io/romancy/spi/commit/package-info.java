/** What is written together: commits, the changes inside them, and the answers. */
@NullMarked
package io.romancy.spi.commit;

import org.jspecify.annotations.NullMarked;
