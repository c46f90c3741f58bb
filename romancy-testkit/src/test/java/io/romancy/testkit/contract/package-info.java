/** The contract suite, held to its own purpose: it must fail on a storage that is wrong. */
@NullMarked
package io.romancy.testkit.contract;

import org.jspecify.annotations.NullMarked;
