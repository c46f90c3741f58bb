/** The contracts' own values, tested. */
@NullMarked
package io.romancy.spi.model;

import org.jspecify.annotations.NullMarked;
