/** Events that leave the application together with the change that they tell of. */
@NullMarked
package io.romancy.api.outbox;

import org.jspecify.annotations.NullMarked;
