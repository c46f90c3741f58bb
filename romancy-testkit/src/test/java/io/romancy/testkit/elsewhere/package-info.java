/** What a scan of another package does not follow. */
@NullMarked
package io.romancy.testkit.elsewhere;

import org.jspecify.annotations.NullMarked;
