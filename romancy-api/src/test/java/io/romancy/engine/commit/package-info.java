/** Tests of what a lane of commits is made of. */
@NullMarked
package io.romancy.engine.commit;

import org.jspecify.annotations.NullMarked;
