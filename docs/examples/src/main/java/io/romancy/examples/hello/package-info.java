/** The smallest workflow that shows what the library is for. */
@NullMarked
package io.romancy.examples.hello;

import org.jspecify.annotations.NullMarked;
