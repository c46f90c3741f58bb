/** Lets an application, or a storage, prove that it survives what production does to it. */
@NullMarked
package io.romancy.testkit;

import org.jspecify.annotations.NullMarked;
