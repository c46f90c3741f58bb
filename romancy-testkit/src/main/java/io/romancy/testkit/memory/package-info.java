/**
 * A storage in memory: the whole contract in plain collections under one lock. What a real storage decides with locks and statements is
 * here a few lines to read, so this is the model that the others are held to.
 */
@NullMarked
package io.romancy.testkit.memory;

import org.jspecify.annotations.NullMarked;
