/**
 * Drives any storage: wakes up, claims rows, runs workflows and commits what they did. Nothing here is called by an
 * application.
 */
@NullMarked
package io.romancy.engine;

import org.jspecify.annotations.NullMarked;
