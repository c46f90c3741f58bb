/** What every thread of the engine is made of: a loop that nothing ends, growing pauses after failures, and restraint in logging. */
@NullMarked
package io.romancy.engine.loop;

import org.jspecify.annotations.NullMarked;
