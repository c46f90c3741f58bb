/** The shop from outside: over HTTP, and by what is in its books at the end. */
@NullMarked
package io.romancy.examples.shop;

import org.jspecify.annotations.NullMarked;
