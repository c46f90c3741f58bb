/** Tests of hints: what is collected and sent, what is heard and by whom, and that none of it harms anybody when it breaks. */
@NullMarked
package io.romancy.engine.notification;

import org.jspecify.annotations.NullMarked;
