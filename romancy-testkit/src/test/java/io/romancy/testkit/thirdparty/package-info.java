/**
 * A storage as a third party would write it: nothing of Romancy but {@code romancy-spi}. Simple rather than fast: one writer at a time works
 * on a copy of everything, which becomes the truth when it is done; readers see the last one and wait for nobody.
 */
@NullMarked
package io.romancy.testkit.thirdparty;

import org.jspecify.annotations.NullMarked;
