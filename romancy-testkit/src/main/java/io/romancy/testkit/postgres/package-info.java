/** A real PostgreSQL for tests: found, started once for the JVM, and divided into databases that nobody else sees. */
@NullMarked
package io.romancy.testkit.postgres;

import org.jspecify.annotations.NullMarked;
