/** What catches everything that a notification missed: pollers, their results and their reasons. */
@NullMarked
package io.romancy.spi.poll;

import org.jspecify.annotations.NullMarked;
