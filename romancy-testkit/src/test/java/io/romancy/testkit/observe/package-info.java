/** What is seen of an engine while it works. */
@NullMarked
package io.romancy.testkit.observe;

import org.jspecify.annotations.NullMarked;
