/** A network that a test can break: a proxy between a client and its server. */
@NullMarked
package io.romancy.testkit.net;

import org.jspecify.annotations.NullMarked;
