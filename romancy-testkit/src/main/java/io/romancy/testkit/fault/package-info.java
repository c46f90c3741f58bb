/** What can go wrong between an engine and its storage, brought about on demand. */
@NullMarked
package io.romancy.testkit.fault;

import org.jspecify.annotations.NullMarked;
