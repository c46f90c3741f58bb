/** The scenarios on the storage that is a model of the others. */
@NullMarked
package io.romancy.testkit.scenario;

import org.jspecify.annotations.NullMarked;
