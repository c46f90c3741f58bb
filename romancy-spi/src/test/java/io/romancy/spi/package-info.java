/** The contracts' own values, tested. */
@NullMarked
package io.romancy.spi;

import org.jspecify.annotations.NullMarked;
