/** What the engine reports of itself while it works, as values. */
@NullMarked
package io.romancy.api.observe;

import org.jspecify.annotations.NullMarked;
