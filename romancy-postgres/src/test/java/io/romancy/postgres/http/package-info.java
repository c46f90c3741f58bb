/** The outbox over HTTP, from an application's transaction on a real server to a broker that does what it likes. */
@NullMarked
package io.romancy.postgres.http;

import org.jspecify.annotations.NullMarked;
