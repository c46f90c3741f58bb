/** LISTEN and NOTIFY: a connection that hears, one that speaks, and a watch that tells whether what is said is heard. */
@NullMarked
package io.romancy.postgres.notify;

import org.jspecify.annotations.NullMarked;
