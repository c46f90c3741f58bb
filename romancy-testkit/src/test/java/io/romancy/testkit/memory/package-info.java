/** The in-memory storage, held to the contract that it is the model of. */
@NullMarked
package io.romancy.testkit.memory;

import org.jspecify.annotations.NullMarked;
