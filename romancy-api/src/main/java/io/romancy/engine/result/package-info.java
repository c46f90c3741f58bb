/** Waiting for the ends of instances: told where they end here, asked for where they end elsewhere. */
@NullMarked
package io.romancy.engine.result;

import org.jspecify.annotations.NullMarked;
