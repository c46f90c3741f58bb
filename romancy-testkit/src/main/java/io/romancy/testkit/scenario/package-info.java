/**
 * What applications rely on, told from the outside: abstract suites about the engine's behaviour, run unchanged on every storage, with
 * notifications and without, and with every wait replayed or none.
 */
@NullMarked
package io.romancy.testkit.scenario;

import org.jspecify.annotations.NullMarked;
