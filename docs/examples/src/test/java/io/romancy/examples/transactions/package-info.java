/** What a transaction of the application and Romancy do together, with real repositories on real databases. */
@NullMarked
package io.romancy.examples.transactions;

import org.jspecify.annotations.NullMarked;
