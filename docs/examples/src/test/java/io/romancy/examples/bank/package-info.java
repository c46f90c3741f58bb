/** The example of the bank, tested as an application is. */
@NullMarked
package io.romancy.examples.bank;

import org.jspecify.annotations.NullMarked;
