/** The contracts' own values, tested. */
@NullMarked
package io.romancy.spi.error;

import org.jspecify.annotations.NullMarked;
