/** The values that storages and the engine exchange: instances, claims, history, messages. */
@NullMarked
package io.romancy.spi.model;

import org.jspecify.annotations.NullMarked;
