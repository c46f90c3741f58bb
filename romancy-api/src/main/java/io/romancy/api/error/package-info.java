/** What an application catches, and what it throws to say how a failure is to be treated. */
@NullMarked
package io.romancy.api.error;

import org.jspecify.annotations.NullMarked;
