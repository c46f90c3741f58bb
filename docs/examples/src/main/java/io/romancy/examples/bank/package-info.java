/** Transactions: rows of the application, steps of a workflow and events for others commit together. */
@NullMarked
package io.romancy.examples.bank;

import org.jspecify.annotations.NullMarked;
