/** Types with their type arguments, for what is stored and read back. */
@NullMarked
package io.romancy.api.type;

import org.jspecify.annotations.NullMarked;
