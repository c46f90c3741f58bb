/** Events of the application on their way out: how a storage keeps them, and how a plugin publishes them. */
@NullMarked
package io.romancy.spi.outbox;

import org.jspecify.annotations.NullMarked;
