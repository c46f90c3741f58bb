/** The way of every write to the storage: commits of many runs and callers travel together. */
@NullMarked
package io.romancy.engine.commit;

import org.jspecify.annotations.NullMarked;
