/** Tests of the polling loops: by hand in virtual time where logic is in question, with real threads where threads are. */
@NullMarked
package io.romancy.engine.poll;

import org.jspecify.annotations.NullMarked;
