/** The storage on SQLite, for development and for a single machine: one writer, and nobody rings a bell. */
@NullMarked
package io.romancy.sqlite;

import org.jspecify.annotations.NullMarked;
