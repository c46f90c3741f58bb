/** Hints that something may have happened: channels, what moves them, and what handles them. */
@NullMarked
package io.romancy.spi.notification;

import org.jspecify.annotations.NullMarked;
