/** The storage on PostgreSQL, where a commit can wake the workers that wait for it. */
@NullMarked
package io.romancy.postgres;

import org.jspecify.annotations.NullMarked;
