/** Tests of what loops are made of. */
@NullMarked
package io.romancy.engine.loop;

import org.jspecify.annotations.NullMarked;
