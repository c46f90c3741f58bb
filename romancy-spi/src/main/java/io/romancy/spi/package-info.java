/** What a storage implements: the verbs by which the engine drives any database, in batches. */
@NullMarked
package io.romancy.spi;

import org.jspecify.annotations.NullMarked;
