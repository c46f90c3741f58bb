/** The contracts' own values, tested. */
@NullMarked
package io.romancy.spi.notification;

import org.jspecify.annotations.NullMarked;
