/**
 * Whole systems on one seed: workers, storage, notifications and clients under one scheduler and a virtual clock, with faults that the
 * seed chooses.
 */
@NullMarked
package io.romancy.testkit.simulation;

import org.jspecify.annotations.NullMarked;
